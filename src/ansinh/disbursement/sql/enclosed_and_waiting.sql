-- SPDX-License-Identifier: MPL-2.0
-- The instructions of an envelope that nothing happened to yet, in cash or not.
SELECT enclosed.instruction_id FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS inside ON inside.id = enclosed.instruction_id
WHERE enclosed.envelope_id = %(envelope)s AND (inside.channel = ANY (%(cash)s)) = %(in_cash)s
AND NOT EXISTS (SELECT 1 FROM disbursement_event AS past WHERE past.instruction_id = enclosed.instruction_id)
