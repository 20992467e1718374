-- SPDX-License-Identifier: MPL-2.0
-- The cash list of communes by hamlet, those still to come first; a text narrows it to names, hamlets or an id.
SELECT instruction.id, instruction.person_name, instruction.payee_name, instruction.hamlet, instruction.amount_vnd,
    instruction.end_to_end_id, instruction.channel, instruction.period, state.state
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE instruction.channel IN ('pay_point', 'home', 'institution') AND instruction.commune_id = ANY (%(units)s)
AND state.state IN ('with_agent', 'collected', 'uncollected')
AND (%(text)s = '' OR instruction.person_name ILIKE '%%' || %(text)s || '%%'
    OR instruction.hamlet ILIKE '%%' || %(text)s || '%%' OR instruction.end_to_end_id = upper(%(text)s))
ORDER BY state.state = 'with_agent' DESC, instruction.period DESC, instruction.hamlet, instruction.person_name,
    instruction.id
LIMIT %(limit)s
