-- SPDX-License-Identifier: MPL-2.0
-- Move chosen instructions along edges of their lifecycle, with the posting of each, in one statement.
WITH chosen AS ({chosen}),
moved AS (
    INSERT INTO disbursement_event (
        instruction_id, seq, commune_id, state_from, event, state_to, cause, source_line, reason, at, by)
    SELECT chosen.instruction_id, coalesce(latest.seq, 0) + 1, instruction.commune_id, edge.source, edge.event,
        edge.target, %(cause)s, chosen.source_line, coalesce(chosen.reason, ''), %(at)s, %(by)s
    FROM chosen
    JOIN disbursement_instruction AS instruction ON instruction.id = chosen.instruction_id
    LEFT JOIN LATERAL (
        SELECT seq, state_to FROM disbursement_event AS past
        WHERE past.instruction_id = chosen.instruction_id ORDER BY seq DESC LIMIT 1) AS latest ON true
    JOIN (VALUES {edges}) AS edge (source, event, target, debit, credit)
        ON edge.source = coalesce(latest.state_to, 'instructed') AND edge.event = chosen.event
    ORDER BY chosen.instruction_id
    RETURNING instruction_id, seq, state_from, event, state_to),
posted AS (
    {post}
    RETURNING 1)
SELECT (SELECT count(*) FROM chosen), (SELECT count(*) FROM moved), (SELECT count(*) FROM posted)
