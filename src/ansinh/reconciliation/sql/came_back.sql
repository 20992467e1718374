-- SPDX-License-Identifier: MPL-2.0
-- What did not arrive in communes and waits for a decision, with the payer's reason and whether a case blocks it.
SELECT instruction.id, instruction.person_id, instruction.person_name, instruction.hamlet, instruction.amount_vnd,
    instruction.channel, instruction.account_last4, instruction.end_to_end_id, instruction.period, state.state,
    state.at, state.reason, EXISTS (
        SELECT 1 FROM reconciliation_case AS about
        WHERE about.instruction_id = instruction.id AND about.state <> 'settled') AS blocked
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE instruction.commune_id = ANY (%(units)s) AND state.state IN ('failed', 'returned', 'uncollected', 'disputed')
ORDER BY state.at, instruction.id
LIMIT %(limit)s
