-- SPDX-License-Identifier: MPL-2.0
-- F1: the declared count and sum of an envelope are those of what it encloses.
SELECT envelope.id, envelope.count, count(enclosed.instruction_id) AS inside
FROM disbursement_envelope AS envelope
LEFT JOIN disbursement_enclosed AS enclosed ON enclosed.envelope_id = envelope.id
LEFT JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
GROUP BY envelope.id, envelope.count, envelope.sum_vnd
HAVING count(enclosed.instruction_id) <> envelope.count
OR coalesce(sum(instruction.amount_vnd), 0) <> envelope.sum_vnd
