-- SPDX-License-Identifier: MPL-2.0
-- R6: an applied line names the amount of its instruction, and its account where it names one.
SELECT outcome.line_id, line.amount_vnd, instruction.amount_vnd AS owed_vnd FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
JOIN disbursement_instruction AS instruction ON instruction.id = outcome.instruction_id
WHERE outcome.outcome = 'applied' AND (line.amount_vnd <> instruction.amount_vnd
    OR line.account_bidx IS NOT NULL AND line.account_bidx <> instruction.account_bidx)
