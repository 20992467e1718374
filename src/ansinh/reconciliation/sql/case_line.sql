-- SPDX-License-Identifier: MPL-2.0
-- A line beside the instruction that it was matched to.
SELECT line.line_no, line.end_to_end_id, line.amount_vnd, line.fact, line.reason, line.reference, line.value_date,
    line.account_last4, line.holder, line.fault, file.name AS file_name, file.id AS file_id,
    instruction.person_name, instruction.holder_name AS owed_holder, instruction.amount_vnd AS owed_vnd,
    instruction.account_last4 AS owed_last4, instruction.person_id, state.state
FROM reconciliation_line AS line
JOIN reconciliation_resultfile AS file ON file.id = line.file_id
JOIN reconciliation_outcome AS outcome ON outcome.line_id = line.id
LEFT JOIN disbursement_instruction AS instruction ON instruction.id = outcome.instruction_id
LEFT JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE line.id = %(line)s
