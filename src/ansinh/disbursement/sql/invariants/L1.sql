-- SPDX-License-Identifier: MPL-2.0
-- L1: each dispatch of an envelope has exactly one audit event.
SELECT envelope.id, envelope.fence, count(event.id) AS events FROM disbursement_envelope AS envelope
LEFT JOIN audit_event AS event ON event.subject = 'envelope' AND event.subject_id = envelope.id::text
    AND event.act = 'disbursement.dispatch'
GROUP BY envelope.id, envelope.fence HAVING count(event.id) <> envelope.fence
