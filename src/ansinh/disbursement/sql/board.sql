-- SPDX-License-Identifier: MPL-2.0
-- Instructions by stream, period, channel and state.
SELECT instruction.stream, instruction.period, instruction.channel, state.state, count(*) AS people,
    sum(instruction.amount_vnd)::bigint AS sum_vnd
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE (%(period)s::date IS NULL OR instruction.period = %(period)s)
AND (%(communes)s::bigint[] IS NULL OR instruction.commune_id = ANY (%(communes)s))
GROUP BY 1, 2, 3, 4
ORDER BY 2 DESC, 1, 3, 4
