-- SPDX-License-Identifier: MPL-2.0
-- A5: each approval of a payroll stores the roles that were held at that instant.
SELECT p.id AS approval_id, q.id AS payroll_id
FROM payroll_payroll q JOIN approvals_approval p ON p.submission_id = q.submission_id
WHERE jsonb_array_length(coalesce(p.held -> 'roles', '[]')) = 0
