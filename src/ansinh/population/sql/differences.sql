-- SPDX-License-Identifier: MPL-2.0
-- The members of a round whose answer leaves something to settle, with both sides and what was chosen.
SELECT
    m.id, m.reference, m.position, m.person_id, p.name, p.born_on, p.born_precision, p.sex, p.number_enc,
    p.number_last4, p.hamlet, p.version, p.commune_id,
    EXISTS (SELECT 1 FROM registry_oldnumber AS o WHERE o.person_id = p.id),
    c.answer_id, c.result, c.kinds, a.said_name, a.said_born, a.said_sex, a.said_number_enc,
    a.said_number_last4, a.died_on, a.moved_to, a.note, a.source, a.officer_id, a.at,
    chosen.batch_id, chosen.action, chosen.state, chosen.change_id, chosen.reason,
    d.pays, d.reason,
    EXISTS (
        SELECT 1 FROM registry_change AS w
        WHERE w.person_id = p.id AND w.kind = 'person' AND w.award_id IS NULL AND w.state = 'proposed'),
    a.said_number_bidx IS NOT NULL AND a.said_number_bidx IS DISTINCT FROM p.number_bidx
        AND a.said_number_bidx IN (SELECT registry_numbers_taken(%(numbers)s::bytea[]))
FROM population_member AS m
JOIN registry_person AS p ON p.id = m.person_id
JOIN population_current AS c ON c.member_id = m.id
JOIN population_answer AS a ON a.id = c.answer_id
LEFT JOIN LATERAL (
    SELECT b.id AS batch_id, b.action, b.state, b.reason, s.change_id
    FROM population_settlement AS s JOIN population_batch AS b ON b.id = s.batch_id
    WHERE s.answer_id = c.answer_id AND b.state <> 'undone'
    ORDER BY s.id DESC LIMIT 1) AS chosen ON true
LEFT JOIN LATERAL (
    SELECT d.pays, d.reason FROM population_decision AS d
    WHERE d.answer_id = c.answer_id ORDER BY d.id DESC LIMIT 1) AS d ON true
WHERE m.round_id = %(round)s AND cardinality(c.kinds) > 0
ORDER BY m.position
