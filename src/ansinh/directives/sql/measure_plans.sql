-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: 1 when its plan for the directive is issued, of 1.
SELECT u.id, count(p.id), 1
FROM unnest(%(units)s::bigint[]) AS u (id)
LEFT JOIN directives_plan p ON p.unit_id = u.id AND p.directive_id = %(directive)s AND p.state = 'issued'
GROUP BY u.id
