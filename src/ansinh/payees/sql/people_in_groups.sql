-- SPDX-License-Identifier: MPL-2.0
-- The people behind a number, in Vietnamese order, with how many there are altogether.
SELECT p.id, p.name, u.name, p.hamlet, p.born_on, p.born_precision, g.grp, g.why, g.reasons,
    count(*) OVER ()
FROM payees_grouped AS g
JOIN registry_person AS p ON p.id = g.person_id
JOIN places_unit AS u ON u.id = g.commune_id
WHERE (%(grp)s = '' OR g.grp = %(grp)s)
    AND (%(commune)s::bigint IS NULL OR g.commune_id = %(commune)s)
    AND (%(hamlet)s = '' OR p.hamlet = %(hamlet)s)
    AND (%(reason)s = '' OR %(reason)s = ANY (g.reasons))
ORDER BY p.sort_key, p.id
LIMIT %(many)s OFFSET %(offset)s
