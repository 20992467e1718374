-- SPDX-License-Identifier: MPL-2.0
-- Why an approved envelope must not leave: its instructions that are cancelled, held, or whose payee died.
SELECT instruction.end_to_end_id,
    CASE WHEN state.state NOT IN ('instructed', 'sent', 'unknown') THEN state.state
        WHEN hold.instruction_id IS NOT NULL THEN 'held' ELSE 'payee_dead' END AS why
FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
JOIN disbursement_state AS state ON state.instruction_id = enclosed.instruction_id
LEFT JOIN disbursement_hold AS hold
    ON hold.instruction_id = enclosed.instruction_id AND hold.released_at IS NULL
LEFT JOIN registry_person AS person
    ON person.id = instruction.person_id AND person.life = 'dead' AND instruction.payee_kind = 'self'
WHERE enclosed.envelope_id = %(envelope)s
AND (state.state NOT IN ('instructed', 'sent', 'unknown') OR hold.instruction_id IS NOT NULL
    OR person.id IS NOT NULL)
ORDER BY 1
LIMIT 20
