-- SPDX-License-Identifier: MPL-2.0
-- One live payment a person, component and month over all payrolls: a second one stops here. Held lines claim nothing.
INSERT INTO {claims} (benefit_month, person_id, component, code, commune_id, amount_vnd, payroll_id, line_id)
SELECT
    benefit_month, person_id, component,
    CASE WHEN component LIKE '%%#%%' THEN '' WHEN component = code THEN code
        ELSE split_part(split_part(component, '+', 1), '-', 1) END,
    commune_id, CASE WHEN kind = 'recovery' THEN -amount_vnd ELSE amount_vnd END, payroll_id, id
FROM payroll_line
WHERE payroll_id = %(payroll)s AND hold IN ('', 'to_recover') AND kind <> 'carried_forward'
    AND (benefit_month = %(period)s::date) = %(of_period)s
