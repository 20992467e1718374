-- SPDX-License-Identifier: MPL-2.0
-- A4: a payroll's state and its submission's agree: exactly one transition happened.
SELECT q.id AS payroll_id, q.state, s.state AS submission
FROM payroll_payroll q LEFT JOIN approvals_submission s ON s.id = q.submission_id
WHERE q.state = 'submitted' AND s.state IS DISTINCT FROM 'submitted'
    OR q.state IN ('approved', 'locked', 'handed_over') AND s.state IS DISTINCT FROM 'approved'
