-- SPDX-License-Identifier: MPL-2.0
-- People whom nothing is paid to because of what the register says, with the answer and its officer.
SELECT
    s.person_id, p.name, p.hamlet, p.number_last4, p.commune_id, u.name AS commune, s.result, s.answer_id,
    s.decided, s.reason, a.at, a.source, a.died_on, a.note, a.round_id, a.officer_id, o.full_name AS officer
FROM population_standing AS s
JOIN registry_person AS p ON p.id = s.person_id
JOIN places_unit AS u ON u.id = p.commune_id
JOIN population_answer AS a ON a.id = s.answer_id
LEFT JOIN staff_officer AS o ON o.id = a.officer_id
WHERE s.blocks AND (%(units)s::bigint[] IS NULL OR s.commune_id = ANY (%(units)s::bigint[]))
ORDER BY s.decided, a.at, s.person_id
LIMIT 500
