-- SPDX-License-Identifier: MPL-2.0
-- What locked payrolls of a span of months pay by row of a form: people and money.
SELECT form.place, count(DISTINCT l.person_id)::int AS people, sum(l.amount_vnd)::bigint AS sum_vnd
FROM unnest(%(codes)s::text[], %(places)s::int[]) AS form (code, place)
JOIN payroll_line AS l ON l.code = form.code
JOIN payroll_payroll AS y ON y.id = l.payroll_id AND y.period BETWEEN %(first)s AND %(last)s
    AND y.state IN ('locked', 'handed_over')
    AND (y.locked_at IS NULL OR (y.locked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s)
JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = l.commune_id
WHERE l.hold = '' AND l.kind <> 'recovery'
GROUP BY form.place
