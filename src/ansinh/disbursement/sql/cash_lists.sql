-- SPDX-License-Identifier: MPL-2.0
-- The cash lists that left, in communes: since when, and how many and how much is paid, not collected, still there.
SELECT envelope.id, envelope.reference, envelope.stream, envelope.period, envelope.sent_at, instruction.commune_id,
    count(*) AS people, sum(instruction.amount_vnd)::bigint AS drawn_vnd,
    count(*) FILTER (WHERE state.state = 'collected') AS paid,
    coalesce(sum(instruction.amount_vnd) FILTER (WHERE state.state = 'collected'), 0)::bigint AS paid_vnd,
    count(*) FILTER (WHERE state.state = 'with_agent') AS left,
    coalesce(sum(instruction.amount_vnd) FILTER (WHERE state.state = 'with_agent'), 0)::bigint AS left_vnd,
    count(*) FILTER (WHERE state.state NOT IN ('collected', 'with_agent')) AS unpaid,
    coalesce(sum(instruction.amount_vnd) FILTER (WHERE state.state NOT IN ('collected', 'with_agent')), 0)::bigint
        AS unpaid_vnd
FROM disbursement_envelope AS envelope
JOIN disbursement_enclosed AS enclosed ON enclosed.envelope_id = envelope.id
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE envelope.layout = 'organisation' AND envelope.state IN ('sent', 'uncertain', 'settled')
AND instruction.commune_id = ANY (%(units)s) AND (%(period)s::date IS NULL OR envelope.period = %(period)s)
GROUP BY envelope.id, instruction.commune_id
ORDER BY envelope.period DESC, envelope.id DESC, instruction.commune_id
