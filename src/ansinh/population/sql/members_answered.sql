-- SPDX-License-Identifier: MPL-2.0
-- The members behind some references: our record now, the latest answer of the round (empty when it was
-- taken back or a second person did not confirm it), and whether the person counts as dead.
SELECT m.reference, m.id, m.person_id, p.name, p.born_on, p.born_precision, p.sex, p.number_enc,
    EXISTS (SELECT 1 FROM registry_oldnumber AS o WHERE o.person_id = p.id) AS old_number,
    CASE WHEN last.stands THEN last.id END, coalesce(last.seq, 0), CASE WHEN last.stands THEN last.result END, last.said_name, last.said_born, last.said_sex,
    last.said_number_bidx, last.died_on, last.moved_to, last.note,
    p.life = 'dead' OR coalesce(standing.result = 'deceased', false) AS dead
FROM population_member AS m
JOIN registry_person AS p ON p.id = m.person_id
LEFT JOIN LATERAL (
    SELECT a.*, NOT EXISTS (SELECT 1 FROM population_withdrawal AS w WHERE w.answer_id = a.id)
        AND NOT EXISTS (
            SELECT 1 FROM population_confirmation AS c WHERE c.answer_id = a.id AND NOT c.accepted) AS stands
    FROM population_answer AS a WHERE a.member_id = m.id ORDER BY a.seq DESC LIMIT 1) AS last ON true
LEFT JOIN LATERAL (
    SELECT a.result FROM population_answer AS a
    WHERE a.person_id = m.person_id
        AND NOT EXISTS (SELECT 1 FROM population_withdrawal AS w WHERE w.answer_id = a.id)
        AND (NOT a.needs_second OR EXISTS (
            SELECT 1 FROM population_confirmation AS c WHERE c.answer_id = a.id AND c.accepted))
    ORDER BY a.id DESC LIMIT 1) AS standing ON true
WHERE m.round_id = %(round)s AND m.reference = ANY (%(references)s)
