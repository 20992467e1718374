-- SPDX-License-Identifier: MPL-2.0
-- The people of a group in communes, or in one hamlet of them.
SELECT g.person_id, g.commune_id FROM payees_grouped AS g JOIN registry_person AS p ON p.id = g.person_id
WHERE g.commune_id = ANY (%(communes)s) AND g.grp = %(group)s
    AND (%(hamlet)s::text IS NULL OR p.hamlet = %(hamlet)s)
