-- SPDX-License-Identifier: MPL-2.0
-- P1: each payable line of a person, component and benefit month is the only live one over all payrolls.
SELECT l.payroll_id, l.id, l.person_id, l.component, l.benefit_month
FROM payroll_line l JOIN payroll_payroll q ON q.id = l.payroll_id
WHERE l.hold IN ('', 'to_recover') AND q.state <> 'cancelled'
    AND NOT EXISTS (
        SELECT 1 FROM payroll_claim k
        WHERE k.benefit_month = l.benefit_month AND k.person_id = l.person_id AND k.component = l.component
            AND (k.payroll_id = l.payroll_id AND k.line_id = l.id
                OR EXISTS (SELECT 1 FROM payroll_line c
                    WHERE c.payroll_id = k.payroll_id AND c.id = k.line_id AND c.kind = 'carried_forward'
                        AND c.benefit_month = l.benefit_month AND c.person_id = l.person_id
                        AND c.component = l.component)))
