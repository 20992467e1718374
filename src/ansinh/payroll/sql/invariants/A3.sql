-- SPDX-License-Identifier: MPL-2.0
-- A3: what was approved is what is stored: submission, approvals and payroll carry one hash.
SELECT q.id AS payroll_id, encode(q.content_sha256, 'hex') AS stored, encode(s.content_sha256, 'hex') AS submitted
FROM payroll_payroll q
JOIN approvals_submission s ON s.id = q.submission_id
LEFT JOIN approvals_approval p ON p.submission_id = s.id
WHERE q.state IN ('submitted', 'approved', 'locked', 'handed_over')
    AND (q.content_sha256 <> s.content_sha256 OR p.content_sha256 <> s.content_sha256)
