-- SPDX-License-Identifier: MPL-2.0
-- Instructions of a commune, source and month whose money has no final place yet, by state.
SELECT state.state, count(*) AS count FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE instruction.stream = %(source)s AND instruction.commune_id = %(commune)s AND instruction.period <= %(month)s
AND state.state NOT IN ('paid', 'collected', 'reissued', 'carried_forward', 'refunded', 'cancelled')
GROUP BY state.state ORDER BY state.state
