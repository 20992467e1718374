-- SPDX-License-Identifier: MPL-2.0
-- E1: nothing is payable for a month after the month of death that was known when it was calculated.
SELECT l.payroll_id, l.id, l.person_id, l.benefit_month, p.life_since
FROM payroll_line l
JOIN payroll_payroll q ON q.id = l.payroll_id
JOIN registry_person p ON p.id = l.person_id
WHERE p.life = 'dead' AND l.hold = '' AND l.kind IN ('current', 'arrears', 'correction')
    AND l.benefit_month > date_trunc('month', p.life_since) AND p.changed_at < q.calculated_at
