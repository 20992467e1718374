-- SPDX-License-Identifier: MPL-2.0
-- The figures of one unit month by month, old communes counted with the one that answers for them.
SELECT s.month, sum(s.people)::int, sum(s.eligible)::int, sum(s.group_a)::int, sum(s.group_b)::int, sum(s.group_c)::int,
    sum(s.group_d)::int, sum(s.group_e)::int, sum(s.group_f)::int, sum(s.by_account)::int, sum(s.by_wallet)::int,
    sum(s.by_cash)::int, sum(s.held)::int, sum(s.merit_vnd)::bigint, sum(s.assistance_vnd)::bigint,
    sum(s.payments)::int, sum(s.arrived)::int, sum(s.on_time)::int,
    sum(s.returned)::int, sum(s.uncollected)::int, sum(s.unreported)::int, sum(s.difficulties)::int, sum(s.complaints)::int,
    sum(s.late)::int
FROM places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c
JOIN dashboards_standing s ON s.commune_id = c.unit_id
WHERE s.month > %(first)s AND s.month <= %(last)s
GROUP BY s.month
ORDER BY s.month
