-- SPDX-License-Identifier: MPL-2.0
-- What payers wrote about one instruction, line by line, with what became of each line.
SELECT line.id, line.line_no, line.fact, line.amount_vnd, line.reason, line.reference, line.value_date, line.holder,
    outcome.outcome, file.id AS file_id, file.name AS file_name, file.received_at
FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
JOIN reconciliation_resultfile AS file ON file.id = outcome.file_id
WHERE outcome.instruction_id = %(instruction)s
ORDER BY file.received_at, line.id
