-- SPDX-License-Identifier: MPL-2.0
-- R2: every line of an applied file is applied, duplicate, in suspense or malformed: exactly one, none lost.
SELECT file.id, file.count AS lines, count(outcome.line_id) AS outcomes FROM reconciliation_resultfile AS file
LEFT JOIN reconciliation_line AS line ON line.file_id = file.id
LEFT JOIN reconciliation_outcome AS outcome ON outcome.line_id = line.id
WHERE file.state = 'applied' GROUP BY file.id, file.count
HAVING count(line.id) <> file.count OR count(outcome.line_id) <> file.count
