-- SPDX-License-Identifier: MPL-2.0
-- The lines of a cash list in communes, by hamlet, with their states; a payroll's list before it left has them too.
SELECT instruction.id, instruction.commune_id, instruction.person_name, instruction.payee_name, instruction.payee_kind,
    instruction.hamlet, instruction.channel, instruction.amount_vnd, instruction.end_to_end_id, instruction.period,
    state.state
FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE enclosed.envelope_id = %(envelope)s AND instruction.commune_id = ANY (%(units)s)
AND instruction.channel IN ('pay_point', 'home', 'institution')
ORDER BY instruction.channel, instruction.hamlet, instruction.person_name, instruction.id
