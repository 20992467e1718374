-- SPDX-License-Identifier: MPL-2.0
-- Cash that an agent has had for too long: neither handed out nor given back.
SELECT 'agent:' || i.payroll_id AS key, i.commune_id, i.person_id, NULL::bigint AS account_id,
    jsonb_build_object('month', to_char(i.period, 'MM/YYYY')) AS facts
FROM disbursement_instruction AS i
JOIN disbursement_state AS s ON s.instruction_id = i.id
WHERE s.state = 'with_agent' AND s.at < %(at)s::timestamptz - make_interval(days => %(agent_days)s)
