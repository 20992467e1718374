-- SPDX-License-Identifier: MPL-2.0
-- Reminds the units whose tasks of a directive are late or not begun, unless they were reminded that day.
INSERT INTO directives_reminder (task_id, words, at, by_id)
SELECT t.id, %(words)s, %(at)s, %(by)s
FROM directives_task t JOIN directives_order o ON o.id = t.order_id
WHERE o.directive_id = %(directive)s AND t.unit_id = ANY (%(units)s)
    AND t.state IN ('given', 'acknowledged', 'under_way')
    AND (t.state = 'given' OR t.due_on < %(on)s) AND (%(order)s::bigint IS NULL OR o.id = %(order)s)
    AND NOT EXISTS (
        SELECT 1 FROM directives_reminder r
        WHERE r.task_id = t.id AND r.by_id = %(by)s AND r.at > %(at)s - interval '20 hours')
