-- SPDX-License-Identifier: MPL-2.0
-- E2: each line by law equals what its case owes less what was paid before; its months lie within the case's.
SELECT l.payroll_id, l.id, l.component, l.benefit_month, l.amount_vnd, l.deducted_vnd, owed.vnd
FROM payroll_line l
JOIN payroll_case c ON c.id = l.case_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(o.amount_vnd), 0) AS vnd
    FROM jsonb_to_recordset(c.answer -> 'lines') AS o (component text, amount_vnd bigint)
    WHERE o.component = split_part(split_part(l.component, '+', 1), '-', 1)
) AS owed
WHERE l.kind <> 'carried_forward' AND (c.month <> l.benefit_month
    OR owed.vnd <> l.deducted_vnd + CASE WHEN l.kind = 'recovery' THEN -l.amount_vnd ELSE l.amount_vnd END)
