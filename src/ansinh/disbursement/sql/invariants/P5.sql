-- SPDX-License-Identifier: MPL-2.0
-- P5: what left is what two persons approved: the hash of the envelope is the hash of their approvals.
SELECT envelope.id, envelope.reference FROM disbursement_envelope AS envelope
LEFT JOIN approvals_submission AS handed_in ON handed_in.id = envelope.submission_id
WHERE envelope.state IN ('approved', 'dispatching', 'sent', 'uncertain', 'settled')
AND (handed_in.id IS NULL OR handed_in.content_sha256 <> envelope.sha256 OR (
    SELECT count(DISTINCT approval.person_bidx) FROM approvals_approval AS approval
    WHERE approval.submission_id = handed_in.id AND approval.content_sha256 = envelope.sha256) < 2)
