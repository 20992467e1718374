-- SPDX-License-Identifier: MPL-2.0
-- A7: nobody who is paid by a payroll was recorded as one of its approvers (the log names who tried).
SELECT q.id AS payroll_id, p.officer_id
FROM payroll_payroll q
JOIN approvals_approval p ON p.submission_id = q.submission_id
JOIN staff_officer o ON o.id = p.officer_id
JOIN payroll_line l ON l.payroll_id = q.id
JOIN registry_person b ON b.id IN (l.person_id, l.payee_person_id)
WHERE b.name = o.full_name AND b.number_last4 = o.citizen_number_last4
