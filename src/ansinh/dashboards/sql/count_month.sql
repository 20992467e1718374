-- SPDX-License-Identifier: MPL-2.0
-- Counts every commune's people by group and channel, and its money by stream, for the month that is set.
WITH grouped AS (
    SELECT g.commune_id, count(*) AS people,
        count(*) FILTER (WHERE g.can_open OR g.grp = 'A') AS eligible,
        count(*) FILTER (WHERE g.grp = 'A') AS a, count(*) FILTER (WHERE g.grp = 'B') AS b,
        count(*) FILTER (WHERE g.grp = 'C') AS c, count(*) FILTER (WHERE g.grp = 'D') AS d,
        count(*) FILTER (WHERE g.grp = 'E') AS e, count(*) FILTER (WHERE g.grp = 'F') AS f
    FROM payees_grouped g GROUP BY g.commune_id
), way AS (
    SELECT p.commune_id,
        count(DISTINCT p.person_id) FILTER (WHERE p.channel = 'account') AS account,
        count(DISTINCT p.person_id) FILTER (WHERE p.channel IN ('wallet', 'mobile_money')) AS wallet,
        count(DISTINCT p.person_id) FILTER (
            WHERE p.channel NOT IN ('account', 'wallet', 'mobile_money')) AS cash,
        count(DISTINCT p.person_id) FILTER (WHERE p.hold <> '') AS held
    FROM payees_payable p GROUP BY p.commune_id
), money AS (
    SELECT l.commune_id,
        sum(l.amount_vnd) FILTER (WHERE y.stream = 'merit') AS merit,
        sum(l.amount_vnd) FILTER (WHERE y.stream = 'assistance') AS assistance
    FROM payroll_line l JOIN payroll_payroll y ON y.id = l.payroll_id
    WHERE y.period = %(month)s AND y.state IN ('approved', 'locked', 'handed_over')
        AND l.hold = '' AND l.kind <> 'recovery'
    GROUP BY l.commune_id
)
INSERT INTO dashboards_standing (
    month, commune_id, people, eligible, group_a, group_b, group_c, group_d, group_e, group_f,
    by_account, by_wallet, by_cash, held, merit_vnd, assistance_vnd)
SELECT %(month)s, g.commune_id, g.people, g.eligible, g.a, g.b, g.c, g.d, g.e, g.f,
    coalesce(w.account, 0), coalesce(w.wallet, 0), coalesce(w.cash, 0), coalesce(w.held, 0),
    coalesce(m.merit, 0), coalesce(m.assistance, 0)
FROM grouped g LEFT JOIN way w USING (commune_id) LEFT JOIN money m USING (commune_id)
