-- SPDX-License-Identifier: MPL-2.0
-- Files that left and lack final answers, with how many and how much; cash lists apart.
SELECT envelope.id, envelope.unit_id, envelope.period, envelope.layout = 'organisation' AS cash,
    coalesce(envelope.sent_at, envelope.built_at) AS since, count(*)::int AS count,
    sum(instruction.amount_vnd)::bigint AS sum_vnd
FROM disbursement_envelope AS envelope
JOIN disbursement_enclosed AS enclosed ON enclosed.envelope_id = envelope.id
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE envelope.state IN ('dispatching', 'sent', 'uncertain') AND state.state IN ('sent', 'unknown', 'with_agent')
GROUP BY envelope.id
ORDER BY envelope.id
