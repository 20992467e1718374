-- SPDX-License-Identifier: MPL-2.0
-- How many units have each order of a directive not begun, under way, late, done.
SELECT o.id,
    count(*) FILTER (WHERE t.state NOT IN ('passed', 'withdrawn')) AS given,
    count(*) FILTER (WHERE t.state = 'given') AS not_begun,
    count(*) FILTER (WHERE t.state IN ('acknowledged', 'under_way')) AS under_way,
    count(*) FILTER (WHERE t.state IN ('given', 'acknowledged', 'under_way') AND t.due_on < %(on)s) AS late,
    count(*) FILTER (WHERE t.state = 'done') AS done
FROM directives_order o LEFT JOIN directives_task t ON t.order_id = o.id AND t.unit_id = ANY (%(units)s)
WHERE o.directive_id = %(directive)s
GROUP BY o.id
