-- SPDX-License-Identifier: MPL-2.0
-- What payers said about one person's payments and was booked, the newest first.
SELECT outcome.fact, line.reference, line.reason, line.value_date, line.amount_vnd, instruction.end_to_end_id,
    file.id AS file_id, file.name, file.received_at
FROM disbursement_instruction AS instruction
JOIN reconciliation_outcome AS outcome ON outcome.instruction_id = instruction.id AND outcome.outcome = 'applied'
JOIN reconciliation_line AS line ON line.id = outcome.line_id
JOIN reconciliation_resultfile AS file ON file.id = line.file_id
WHERE instruction.person_id = %(person)s
ORDER BY file.received_at DESC, line.id DESC LIMIT %(many)s
