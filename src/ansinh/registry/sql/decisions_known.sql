-- SPDX-License-Identifier: MPL-2.0
-- Who in scope has an award by one of these decisions (number in lower case, day).
SELECT DISTINCT asked.number, asked.day, award.person_id, person.name
FROM unnest(%(numbers)s::text[], %(days)s::date[]) AS asked (number, day)
JOIN registry_award AS award ON award.decided_on = asked.day AND lower(award.decision_number) = asked.number
    AND NOT award.voided
JOIN registry_person AS person ON person.id = award.person_id
ORDER BY award.person_id
