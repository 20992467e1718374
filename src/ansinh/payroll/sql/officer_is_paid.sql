-- SPDX-License-Identifier: MPL-2.0
-- Whether somebody with this citizen number is beneficiary or payee of a line.
SELECT 1
FROM registry_person p
JOIN payroll_line l ON l.payroll_id = %(payroll)s AND (l.person_id = p.id OR l.payee_person_id = p.id)
WHERE p.number_bidx = %(number)s
LIMIT 1
