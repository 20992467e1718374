-- SPDX-License-Identifier: MPL-2.0
-- Every instruction for a person with its state and the last step, the newest first.
SELECT instruction.id, instruction.end_to_end_id, instruction.stream, instruction.period, instruction.attempt,
    instruction.replaces_id, instruction.amount_vnd, instruction.channel, instruction.bank,
    instruction.account_last4, instruction.payee_name, instruction.made_at, state.state, state.at, state.reason
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE instruction.person_id = %(person)s
ORDER BY instruction.period DESC, instruction.id DESC
