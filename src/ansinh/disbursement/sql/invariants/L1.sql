-- SPDX-License-Identifier: MPL-2.0
-- L1: every dispatch of an envelope has exactly one audit event, and its token is the newest in the log.
SELECT envelope.id, envelope.fence, max((event.details ->> 'token')::int) AS logged
FROM disbursement_envelope AS envelope
LEFT JOIN audit_event AS event ON event.subject = 'envelope' AND event.subject_id = envelope.id::text
    AND event.act IN ('disbursement.dispatch', 'disbursement.take_in', 'disbursement.cancel_envelope')
GROUP BY envelope.id, envelope.fence
HAVING coalesce(max((event.details ->> 'token')::int), 0) <> envelope.fence
OR count(*) FILTER (WHERE event.act = 'disbursement.dispatch')
    <> count(DISTINCT event.details ->> 'token') FILTER (WHERE event.act = 'disbursement.dispatch')
