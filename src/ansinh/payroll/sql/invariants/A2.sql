-- SPDX-License-Identifier: MPL-2.0
-- A2: nobody who prepared or last calculated a payroll approved it.
SELECT q.id AS payroll_id, p.officer_id
FROM payroll_payroll q
JOIN approvals_submission s ON s.id = q.submission_id
JOIN approvals_approval p ON p.submission_id = s.id
JOIN staff_officer a ON a.id = p.officer_id
JOIN staff_officer m ON m.id IN (s.maker_id, s.last_editor_id, q.calculated_by_id)
WHERE a.citizen_number_bidx = m.citizen_number_bidx
