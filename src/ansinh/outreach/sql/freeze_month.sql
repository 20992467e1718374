-- SPDX-License-Identifier: MPL-2.0
-- Keeps how every hamlet stood at the end of a month: people by group, with an account, registered, eligible.
INSERT INTO outreach_figure (
    month, commune_id, hamlet, people, a, b, c, d, e, f, with_account, registered, eligible, frozen_at)
SELECT %(month)s, g.commune_id, g.hamlet, count(*),
    count(*) FILTER (WHERE g.grp = 'A'), count(*) FILTER (WHERE g.grp = 'B'),
    count(*) FILTER (WHERE g.grp = 'C'), count(*) FILTER (WHERE g.grp = 'D'),
    count(*) FILTER (WHERE g.grp = 'E'), count(*) FILTER (WHERE g.grp = 'F'),
    count(*) FILTER (WHERE g.grp IN ('A', 'B')), count(*) FILTER (WHERE g.grp = 'A' OR g.why = 'account_next_month'),
    count(*) FILTER (WHERE g.eligible), %(at)s
FROM payees_grouped_then AS g
GROUP BY g.commune_id, g.hamlet
