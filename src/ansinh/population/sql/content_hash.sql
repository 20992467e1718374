-- SPDX-License-Identifier: MPL-2.0
-- SHA-256 of what both sides sign: each reference with its answer and how it was settled, in order.
SELECT encode(sha256(convert_to(coalesce(string_agg(
    concat_ws('|', m.reference, c.answer_id, c.result, array_to_string(c.kinds, ','), s.how), E'\n'
    ORDER BY m.position), ''), 'UTF8')), 'hex')
FROM population_member AS m
LEFT JOIN population_current AS c ON c.member_id = m.id
LEFT JOIN population_settled AS s ON s.answer_id = c.answer_id
WHERE m.round_id = %(round)s
