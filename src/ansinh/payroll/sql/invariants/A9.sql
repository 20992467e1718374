-- SPDX-License-Identifier: MPL-2.0
-- A9: every approver and maker of a payroll is still on record.
SELECT q.id AS payroll_id FROM payroll_payroll q
LEFT JOIN approvals_submission s ON s.id = q.submission_id
LEFT JOIN approvals_approval p ON p.submission_id = s.id
WHERE q.state IN ('submitted', 'approved', 'locked', 'handed_over') AND (
    s.id IS NULL OR NOT EXISTS (SELECT 1 FROM staff_officer o WHERE o.id = s.maker_id)
    OR p.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff_officer o WHERE o.id = p.officer_id))
