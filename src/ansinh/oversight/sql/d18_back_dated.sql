-- SPDX-License-Identifier: MPL-2.0
-- Arrears of more months than a decision takes, or that a payroll of December pays.
SELECT 'arrears:' || l.award_id || ':' || y.period AS key, l.commune_id, l.person_id, NULL::bigint AS account_id,
    jsonb_build_object('months', count(DISTINCT l.benefit_month), 'amount_vnd', sum(l.amount_vnd),
        'first', to_char(min(l.benefit_month), 'MM/YYYY'), 'paid_in', to_char(y.period, 'MM/YYYY')) AS facts
FROM payroll_line AS l
JOIN payroll_payroll AS y ON y.id = l.payroll_id AND y.state IN ('locked', 'handed_over')
    AND y.period > (%(on)s::date - interval '4 months')
WHERE l.kind = 'arrears'
GROUP BY l.award_id, l.commune_id, l.person_id, y.period
HAVING count(DISTINCT l.benefit_month) > %(arrears_months)s OR extract(month FROM y.period) = 12
