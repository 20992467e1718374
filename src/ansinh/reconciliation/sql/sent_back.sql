-- SPDX-License-Identifier: MPL-2.0
-- The accounts whose money a file sends back, with the payer's reason; one row an account.
SELECT DISTINCT ON (owed.account_id) owed.account_id, line.reason
FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
JOIN disbursement_instruction AS owed ON owed.id = outcome.instruction_id
WHERE outcome.file_id = %(file)s AND outcome.event IN ('reject', 'bounce') AND owed.account_id IS NOT NULL
ORDER BY owed.account_id, line.id
