-- SPDX-License-Identifier: MPL-2.0
-- R1: an outcome or an event names a raw line that is there.
SELECT outcome.line_id FROM reconciliation_outcome AS outcome
LEFT JOIN reconciliation_line AS line ON line.id = outcome.line_id WHERE line.id IS NULL
UNION ALL
SELECT event.source_line FROM disbursement_event AS event
LEFT JOIN reconciliation_line AS line ON line.id = event.source_line
WHERE event.source_line IS NOT NULL AND line.id IS NULL
