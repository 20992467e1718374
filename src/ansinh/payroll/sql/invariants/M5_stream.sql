-- SPDX-License-Identifier: MPL-2.0
-- M5_stream: a payroll holds one source of money only, and none that may be paid exceeds the estimates above it.
SELECT l.payroll_id, l.id, l.code, q.stream
FROM payroll_line l
JOIN payroll_payroll q ON q.id = l.payroll_id
JOIN registry_award a ON a.id = l.award_id
WHERE (a.family = 'merit') <> (q.stream = 'merit') AND a.family IN ('merit', 'social_assistance', 'social_pension')
UNION ALL
SELECT NULL, NULL, b.source, 'over ' || b.year || ' by ' || (t.taken - b.given)
FROM (SELECT source, year, sum(amount_vnd) AS given FROM ledger_budget GROUP BY source, year) AS b
JOIN (
    SELECT stream, extract(year FROM period)::int AS year, sum(total_vnd) AS taken FROM payroll_payroll
    WHERE state IN ('submitted', 'approved', 'locked', 'handed_over') GROUP BY stream, extract(year FROM period)
) AS t ON t.stream = b.source AND t.year = b.year
WHERE t.taken > b.given
