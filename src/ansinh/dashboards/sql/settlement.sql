-- SPDX-License-Identifier: MPL-2.0
-- Instructions of a month as they stood at the end of a day, by unit, stream, channel, paying contract and state.
WITH unit AS (
    SELECT c.root_id, c.unit_id FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
), held AS (
    SELECT DISTINCT ON (f.unit_id, stream, channel) f.unit_id, stream, channel, f.contract_id, f.report_day
    FROM providers_in_force(%(month)s) AS f, unnest(f.streams) AS stream, unnest(f.channels) AS channel
    ORDER BY f.unit_id, stream, channel, f.contract_id DESC
)
SELECT unit.root_id, i.stream, i.channel, coalesce(held.contract_id, 0) AS contract_id,
    coalesce(latest.state_to, 'instructed') AS state, count(*)::int AS payments,
    sum(i.amount_vnd)::bigint AS sum_vnd,
    count(*) FILTER (WHERE latest.day < %(month)s::date + coalesce(held.report_day, 20))::int AS by_due
FROM unit
JOIN disbursement_instruction AS i ON i.commune_id = unit.unit_id AND i.period = %(month)s
    AND (i.made_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s
LEFT JOIN held ON held.unit_id = i.commune_id AND held.stream = i.stream AND held.channel = i.channel
LEFT JOIN LATERAL (
    SELECT past.state_to, (past.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
    FROM disbursement_event AS past
    WHERE past.instruction_id = i.id AND (past.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s
    ORDER BY past.seq DESC LIMIT 1) AS latest ON true
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
