-- SPDX-License-Identifier: MPL-2.0
-- People of communes by hamlet: how many of each group, with an account, registered.
SELECT g.commune_id, p.hamlet,
    count(*) FILTER (WHERE g.grp = 'A'), count(*) FILTER (WHERE g.grp = 'B'),
    count(*) FILTER (WHERE g.grp = 'C'), count(*) FILTER (WHERE g.grp = 'D'),
    count(*) FILTER (WHERE g.grp = 'E'), count(*) FILTER (WHERE g.grp = 'F'),
    count(*) FILTER (WHERE g.grp IN ('A', 'B')), count(*) FILTER (WHERE g.grp = 'A' OR g.why = 'account_next_month')
FROM payees_grouped AS g JOIN registry_person AS p ON p.id = g.person_id
WHERE g.commune_id = ANY (%(communes)s)
GROUP BY g.commune_id, p.hamlet
