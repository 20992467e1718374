-- SPDX-License-Identifier: MPL-2.0
-- One live payment a person, component and month over all payrolls: a second one stops here. Held lines claim nothing.
INSERT INTO payroll_claim (benefit_month, person_id, component, code, commune_id, amount_vnd, payroll_id, line_id)
SELECT
    benefit_month, person_id, component, CASE WHEN component LIKE '%%#%%' THEN '' ELSE code END, commune_id,
    CASE WHEN kind = 'recovery' THEN -amount_vnd ELSE amount_vnd END, payroll_id, id
FROM payroll_line
WHERE payroll_id = %(payroll)s AND hold IN ('', 'to_recover') AND kind <> 'carried_forward'
ORDER BY benefit_month, person_id, component
