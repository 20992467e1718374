-- SPDX-License-Identifier: MPL-2.0
-- E7: nobody suspended, missing, detained or abroad (known when it was calculated) has a payable line for those months.
SELECT l.payroll_id, l.id, l.person_id, l.benefit_month, p.life
FROM payroll_line l
JOIN payroll_payroll q ON q.id = l.payroll_id
JOIN registry_person p ON p.id = l.person_id
JOIN registry_award a ON a.id = l.award_id
WHERE l.hold = '' AND l.kind IN ('current', 'arrears', 'correction') AND (
    p.life IN ('missing', 'detained', 'abroad') AND p.life_since <= l.benefit_month AND p.changed_at < q.calculated_at
    OR a.suspended_from <= l.benefit_month AND (a.suspended_to IS NULL OR a.suspended_to >= l.benefit_month)
        AND a.changed_at < q.calculated_at
    OR a.changed_at < q.calculated_at AND EXISTS (
        SELECT 1 FROM jsonb_array_elements(a.earlier_suspensions) AS span (months)
        WHERE to_char(l.benefit_month, 'YYYY-MM') BETWEEN span.months ->> 0 AND span.months ->> 1))
