-- SPDX-License-Identifier: MPL-2.0
-- P7: arrears carry an earlier month than the payroll's, current lines one that it pays.
SELECT l.payroll_id, l.id, l.kind, l.benefit_month, q.period
FROM payroll_line l JOIN payroll_payroll q ON q.id = l.payroll_id
WHERE l.kind = 'arrears' AND l.benefit_month >= q.period
    OR l.kind = 'current' AND (
        l.benefit_month < q.period OR l.benefit_month >= q.period + q.months * interval '1 month')
