-- SPDX-License-Identifier: MPL-2.0
-- Counts every commune's people by group and channel, and its money by stream, for the month that is set.
WITH grouped AS (
    SELECT g.commune_id, count(*) AS people,
        count(*) FILTER (WHERE g.eligible) AS eligible,
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
), latest AS (
    SELECT i.commune_id, s.state, (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < %(month)s::date + %(report_day)s AS in_time
    FROM disbursement_instruction i JOIN disbursement_state s ON s.instruction_id = i.id
    WHERE i.period = %(month)s AND s.state NOT IN ('instructed', 'cancelled')
), paid AS (
    SELECT commune_id, count(*) AS payments,
        count(*) FILTER (WHERE state IN ('paid', 'collected')) AS arrived,
        count(*) FILTER (WHERE state IN ('paid', 'collected') AND in_time) AS on_time,
        count(*) FILTER (WHERE state IN ('failed', 'returned', 'reissued')) AS returned,
        count(*) FILTER (WHERE state IN ('uncollected', 'carried_forward', 'refunded')) AS uncollected,
        count(*) FILTER (WHERE state IN ('sent', 'unknown', 'disputed', 'with_agent')) AS unreported
    FROM latest GROUP BY commune_id
), asked AS (
    SELECT unit_id AS commune_id, count(*) AS difficulties, count(*) FILTER (WHERE due_on < %(today)s) AS late
    FROM directives_difficulty WHERE state IN ('raised', 'with_department', 'with_authority') GROUP BY unit_id
), complained AS (
    SELECT commune_id, count(*) AS complaints, count(*) FILTER (WHERE due_on < %(today)s) AS late
    FROM directives_complaint WHERE state IN ('received', 'looked_into') GROUP BY commune_id
)
INSERT INTO dashboards_standing (
    month, commune_id, people, eligible, group_a, group_b, group_c, group_d, group_e, group_f,
    by_account, by_wallet, by_cash, held, merit_vnd, assistance_vnd,
    payments, arrived, on_time, returned, uncollected, unreported, difficulties, complaints, late)
SELECT %(month)s, g.commune_id, g.people, g.eligible, g.a, g.b, g.c, g.d, g.e, g.f,
    coalesce(w.account, 0), coalesce(w.wallet, 0), coalesce(w.cash, 0), coalesce(w.held, 0),
    coalesce(m.merit, 0), coalesce(m.assistance, 0),
    coalesce(p.payments, 0), coalesce(p.arrived, 0), coalesce(p.on_time, 0), coalesce(p.returned, 0),
    coalesce(p.uncollected, 0), coalesce(p.unreported, 0), coalesce(q.difficulties, 0), coalesce(k.complaints, 0),
    coalesce(q.late, 0) + coalesce(k.late, 0)
FROM grouped g LEFT JOIN way w USING (commune_id) LEFT JOIN money m USING (commune_id)
LEFT JOIN paid p USING (commune_id) LEFT JOIN asked q USING (commune_id) LEFT JOIN complained k USING (commune_id)
