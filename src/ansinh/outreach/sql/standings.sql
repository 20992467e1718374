-- SPDX-License-Identifier: MPL-2.0
-- People of communes by hamlet as they were on the day that is asked about: each group, with an account,
-- registered, eligible.
SELECT g.commune_id, g.hamlet,
    count(*) FILTER (WHERE g.grp = 'A'), count(*) FILTER (WHERE g.grp = 'B'),
    count(*) FILTER (WHERE g.grp = 'C'), count(*) FILTER (WHERE g.grp = 'D'),
    count(*) FILTER (WHERE g.grp = 'E'), count(*) FILTER (WHERE g.grp = 'F'),
    count(*) FILTER (WHERE g.grp IN ('A', 'B')), count(*) FILTER (WHERE g.grp = 'A' OR g.why = 'account_next_month'),
    count(*) FILTER (WHERE g.eligible)
FROM payees_grouped_then AS g
WHERE g.commune_id = ANY (%(communes)s)
GROUP BY g.commune_id, g.hamlet
