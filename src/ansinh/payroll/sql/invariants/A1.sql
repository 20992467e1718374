-- SPDX-License-Identifier: MPL-2.0
-- A1: an approved, locked or handed-over payroll has approvals of two distinct natural persons.
SELECT q.id AS payroll_id, q.state, count(DISTINCT p.person_bidx) AS persons
FROM payroll_payroll q LEFT JOIN approvals_approval p ON p.submission_id = q.submission_id
WHERE q.state IN ('approved', 'locked', 'handed_over')
GROUP BY q.id, q.state HAVING count(DISTINCT p.person_bidx) < 2
