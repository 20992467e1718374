-- SPDX-License-Identifier: MPL-2.0
-- Envelopes that were sent and in which nothing waits for an answer any more.
SELECT envelope.id, envelope.unit_id FROM disbursement_envelope AS envelope
WHERE envelope.state = 'sent' AND NOT EXISTS (
    SELECT 1 FROM disbursement_enclosed AS enclosed
    JOIN disbursement_state AS state ON state.instruction_id = enclosed.instruction_id
    WHERE enclosed.envelope_id = envelope.id
    AND state.state IN ('instructed', 'sent', 'unknown', 'disputed', 'with_agent'))
ORDER BY envelope.id
