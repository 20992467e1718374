-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: tasks of the directive that units below have acknowledged, and all of them.
SELECT own.unit_id, count(*) FILTER (WHERE t.state <> 'given'), count(*)
FROM directives_task own
JOIN directives_order o ON o.id = own.order_id AND o.directive_id = %(directive)s
JOIN directives_task t ON t.parent_id = own.id AND t.state NOT IN ('passed', 'withdrawn')
WHERE own.unit_id = ANY (%(units)s)
GROUP BY own.unit_id
