-- SPDX-License-Identifier: MPL-2.0
-- Instructions that were sent before a moment and have no answer.
SELECT event.instruction_id, event.commune_id, instruction.stream FROM disbursement_event AS event
JOIN disbursement_instruction AS instruction ON instruction.id = event.instruction_id
WHERE event.state_to = 'sent' AND event.at < %(before)s AND NOT EXISTS (
    SELECT 1 FROM disbursement_event AS later
    WHERE later.instruction_id = event.instruction_id AND later.seq > event.seq)
