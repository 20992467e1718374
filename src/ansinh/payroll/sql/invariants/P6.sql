-- SPDX-License-Identifier: MPL-2.0
-- P6: a person has no two lines by law of one component and month that together pay more than the case owes (overlaps are settled in the case).
SELECT l.payroll_id, l.id, l.person_id, l.component, l.benefit_month, l.amount_vnd
FROM payroll_line l JOIN payroll_case c ON c.id = l.case_id
WHERE l.kind NOT IN ('carried_forward', 'recovery') AND l.amount_vnd + l.deducted_vnd > coalesce((
    SELECT sum(o.amount_vnd) FROM jsonb_to_recordset(c.answer -> 'lines') AS o (component text, amount_vnd bigint)
    WHERE o.component = split_part(l.component, '+', 1)), 0)
