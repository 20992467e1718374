-- SPDX-License-Identifier: MPL-2.0
-- What the check needs of each person of a round, and nothing more.
SELECT m.position, m.reference, p.name, p.born_on, p.born_precision, p.sex, p.number_enc
FROM population_member AS m
JOIN registry_person AS p ON p.id = m.person_id
WHERE m.round_id = %(round)s
ORDER BY m.position
