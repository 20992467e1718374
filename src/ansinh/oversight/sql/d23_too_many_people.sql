-- SPDX-License-Identifier: MPL-2.0
-- A commune pays far more people than the month before, in one stream.
WITH counted AS (
    SELECT t.commune_id, y.stream, y.period, sum(t.people) AS people
    FROM payroll_communetotal AS t
    JOIN payroll_payroll AS y ON y.id = t.payroll_id AND y.state IN ('locked', 'handed_over') AND y.number = 1
    WHERE y.period > (%(on)s::date - interval '4 months')
    GROUP BY t.commune_id, y.stream, y.period
)
SELECT 'growth:' || n.stream || ':' || n.period AS key, n.commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('month', to_char(n.period, 'MM/YYYY'), 'before', b.people, 'people', n.people) AS facts
FROM counted AS n
JOIN counted AS b ON b.commune_id = n.commune_id AND b.stream = n.stream AND b.period = n.period - interval '1 month'
WHERE b.people >= %(least_people)s AND n.people * 100 > b.people * %(growth_percent)s
