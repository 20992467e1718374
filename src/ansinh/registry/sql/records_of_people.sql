-- SPDX-License-Identifier: MPL-2.0
-- What two records are compared by, for some people.
SELECT p.id, p.name_folded, p.born_on, p.born_precision, p.sex, p.commune_id, p.hamlet, p.number_bidx,
    array(SELECT o.number_bidx FROM registry_oldnumber AS o WHERE o.person_id = p.id), p.phone_bidx
FROM registry_person AS p
WHERE p.id = ANY (%(people)s)
