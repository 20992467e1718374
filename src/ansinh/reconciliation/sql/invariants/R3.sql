-- SPDX-License-Identifier: MPL-2.0
-- R3: a raw line causes at most one event, and only an applied line causes one.
SELECT event.source_line, count(*) FROM disbursement_event AS event
LEFT JOIN reconciliation_outcome AS outcome ON outcome.line_id = event.source_line
WHERE event.source_line IS NOT NULL
GROUP BY event.source_line, outcome.outcome HAVING count(*) > 1 OR outcome.outcome IS DISTINCT FROM 'applied'
