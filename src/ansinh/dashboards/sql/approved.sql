-- SPDX-License-Identifier: MPL-2.0
-- What payrolls of a month that were locked by the end of a day pay, by unit and stream.
SELECT c.root_id, y.stream, sum(t.people)::int AS people, sum(t.total_vnd)::bigint AS sum_vnd
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN payroll_communetotal AS t ON t.commune_id = c.unit_id
JOIN payroll_payroll AS y ON y.id = t.payroll_id AND y.period = %(month)s AND y.state IN ('locked', 'handed_over')
    AND (y.locked_at IS NULL OR (y.locked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s)
GROUP BY 1, 2
ORDER BY 1, 2
