-- SPDX-License-Identifier: MPL-2.0
-- The items of an envelope in their order, as a channel writes them.
SELECT enclosed.place, instruction.end_to_end_id, instruction.person_name, instruction.payee_name,
    instruction.holder_name, instruction.hamlet, instruction.channel, instruction.bank, instruction.account_enc,
    instruction.account_bidx, instruction.amount_vnd
FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
WHERE enclosed.envelope_id = %(envelope)s
ORDER BY enclosed.place
