-- SPDX-License-Identifier: MPL-2.0
-- The next member of a round without an answer that counts and without one that waits for a second person.
SELECT m.id
FROM population_member AS m
WHERE m.round_id = %(round)s
    AND NOT EXISTS (SELECT 1 FROM population_current AS c WHERE c.member_id = m.id)
    AND NOT EXISTS (
        SELECT 1 FROM population_answer AS a
        WHERE a.member_id = m.id AND a.needs_second
            AND NOT EXISTS (SELECT 1 FROM population_confirmation AS c WHERE c.answer_id = a.id)
            AND NOT EXISTS (SELECT 1 FROM population_withdrawal AS w WHERE w.answer_id = a.id))
ORDER BY m.position <= %(after)s, m.position
OFFSET %(skip)s LIMIT 1
