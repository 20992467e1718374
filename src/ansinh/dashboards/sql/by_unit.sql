-- SPDX-License-Identifier: MPL-2.0
-- The figures of a month for some units, each summed over everything that it answers for.
SELECT u.id, u.name, sum(s.people)::int, sum(s.eligible)::int, sum(s.group_a)::int, sum(s.group_b)::int, sum(s.group_c)::int,
    sum(s.group_d)::int, sum(s.group_e)::int, sum(s.group_f)::int, sum(s.by_account)::int, sum(s.by_wallet)::int,
    sum(s.by_cash)::int, sum(s.held)::int, sum(s.merit_vnd)::bigint, sum(s.assistance_vnd)::bigint,
    sum(s.payments)::int, sum(s.arrived)::int, sum(s.on_time)::int,
    sum(s.returned)::int, sum(s.uncollected)::int, sum(s.unreported)::int, sum(s.difficulties)::int, sum(s.complaints)::int,
    sum(s.late)::int
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN dashboards_standing s ON s.commune_id = c.unit_id AND s.month = %(month)s
JOIN places_unit u ON u.id = c.root_id
GROUP BY u.id, u.name, u.sort_key
ORDER BY u.sort_key, u.id
