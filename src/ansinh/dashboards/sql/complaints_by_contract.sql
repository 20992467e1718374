-- SPDX-License-Identifier: MPL-2.0
-- Complaints about payments of a month by the contract that paid: by the payment named, else by person and month.
WITH held AS (
    SELECT DISTINCT ON (f.unit_id, stream, channel) f.unit_id, stream, channel, f.contract_id
    FROM providers_in_force(%(month)s) AS f, unnest(f.streams) AS stream, unnest(f.channels) AS channel
    ORDER BY f.unit_id, stream, channel, f.contract_id DESC
)
SELECT coalesce(held.contract_id, 0), count(DISTINCT k.id)::int
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN directives_complaint AS k ON k.commune_id = c.unit_id
    AND (k.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s
JOIN disbursement_instruction AS i ON i.period = %(month)s AND i.commune_id = k.commune_id
    AND (i.end_to_end_id = k.payment_ref
        OR k.payment_ref = '' AND i.person_id = k.person_id AND i.period = k.benefit_month)
LEFT JOIN held ON held.unit_id = i.commune_id AND held.stream = i.stream AND held.channel = i.channel
GROUP BY 1
