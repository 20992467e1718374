-- SPDX-License-Identifier: MPL-2.0
-- Instructions that may go into a new envelope: not moved yet, in no living envelope, not held, the payee not dead,
-- and where a payer is needed, one with a contract in force there.
SELECT instruction.id, instruction.commune_id, instruction.amount_vnd
FROM disbursement_instruction AS instruction
WHERE instruction.payroll_id = %(payroll)s AND instruction.channel = ANY (%(channels)s::text[])
AND NOT EXISTS (SELECT 1 FROM disbursement_event AS past WHERE past.instruction_id = instruction.id)
AND NOT EXISTS (
    SELECT 1 FROM disbursement_enclosed AS enclosed
    JOIN disbursement_envelope AS envelope ON envelope.id = enclosed.envelope_id
    WHERE enclosed.instruction_id = instruction.id AND envelope.state <> 'cancelled')
AND NOT EXISTS (
    SELECT 1 FROM disbursement_hold AS hold
    WHERE hold.instruction_id = instruction.id AND hold.released_at IS NULL)
AND NOT EXISTS (
    SELECT 1 FROM registry_person AS person
    WHERE person.id = instruction.person_id AND person.life = 'dead' AND instruction.payee_kind = 'self')
AND (NOT %(by_contract)s OR instruction.channel = 'institution' OR (instruction.commune_id, instruction.stream, instruction.channel) IN (
    SELECT held.unit_id, stream, channel
    FROM providers_in_force(%(on)s) AS held, unnest(held.streams) AS stream, unnest(held.channels) AS channel
    UNION ALL -- a contract that names the very unit, also one that was merged since
    SELECT named.unit_id, stream, channel
    FROM providers_contract AS named, unnest(named.streams) AS stream, unnest(named.channels) AS channel
    WHERE named.state IN ('signed', 'ended') AND named.validity @> %(on)s::date))
ORDER BY instruction.end_to_end_id
LIMIT %(most)s
