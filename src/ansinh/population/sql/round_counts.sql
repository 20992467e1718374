-- SPDX-License-Identifier: MPL-2.0
-- How a round stands: answered, by group, and what is not settled yet.
SELECT
    coalesce(c.result, '') AS result, coalesce(c.kinds[1], '') AS kind, coalesce(s.settled, false) AS settled,
    count(*)
FROM population_member AS m
LEFT JOIN population_current AS c ON c.member_id = m.id
LEFT JOIN LATERAL (
    SELECT true AS settled FROM population_settled AS s WHERE s.answer_id = c.answer_id) AS s ON true
WHERE m.round_id = %(round)s
GROUP BY 1, 2, 3
