-- SPDX-License-Identifier: MPL-2.0
-- The instructions that a file moves, each with its event, the line that says so and the payer's reason.
SELECT outcome.instruction_id, outcome.event, outcome.line_id AS source_line, left(line.reason, 12) AS reason
FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
WHERE outcome.file_id = %(file)s AND outcome.event <> ''
