-- SPDX-License-Identifier: MPL-2.0
-- The first and last lines of an envelope.
SELECT enclosed.place, instruction.end_to_end_id, instruction.payee_name, instruction.hamlet, instruction.bank,
    instruction.account_last4, instruction.amount_vnd
FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
WHERE enclosed.envelope_id = %(envelope)s AND (enclosed.place <= %(many)s OR enclosed.place > %(after)s)
ORDER BY enclosed.place
