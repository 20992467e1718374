-- SPDX-License-Identifier: MPL-2.0
-- What nobody collected in communes and no case is open about, for the next payroll.
SELECT instruction.id, instruction.commune_id
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE instruction.commune_id = ANY (%(units)s) AND state.state = 'uncollected'
AND instruction.channel IN ('pay_point', 'home', 'institution') AND NOT EXISTS (
    SELECT 1 FROM reconciliation_case AS about
    WHERE about.instruction_id = instruction.id AND about.state <> 'settled')
ORDER BY instruction.id
