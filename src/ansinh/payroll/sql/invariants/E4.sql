-- SPDX-License-Identifier: MPL-2.0
-- E4: in one payroll a person is paid by one commune, and that one is covered by the payroll.
SELECT l.payroll_id, l.person_id, count(DISTINCT l.commune_id) AS communes
FROM payroll_line l JOIN payroll_payroll q ON q.id = l.payroll_id
GROUP BY l.payroll_id, l.person_id, q.communes
HAVING count(DISTINCT l.commune_id) > 1 OR NOT bool_and(l.commune_id = ANY (q.communes))
