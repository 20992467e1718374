-- SPDX-License-Identifier: MPL-2.0
-- P4: an instruction is in one living envelope at most, of a layout for its channel.
SELECT enclosed.instruction_id, count(*) AS living
FROM disbursement_enclosed AS enclosed
JOIN disbursement_envelope AS envelope ON envelope.id = enclosed.envelope_id AND envelope.state <> 'cancelled'
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
GROUP BY enclosed.instruction_id
HAVING count(*) > 1
OR bool_or((envelope.layout = 'organisation') <> (instruction.channel IN ('pay_point', 'home', 'institution')))
