-- SPDX-License-Identifier: MPL-2.0
-- The communes of a unit where a provider has no place to reach money on a day.
SELECT u.id, u.name
FROM places_covered(ARRAY[%(unit)s]::bigint[], %(on)s) AS c
JOIN places_unit u ON u.id = c.unit_id AND u.level = 'commune'
WHERE NOT EXISTS (
    SELECT 1 FROM providers_providerfact f
    WHERE f.provider_id = %(provider)s AND f.unit_id = u.id AND f.kind = ANY (%(reach)s)
        AND f.quantity > 0 AND f.validity @> %(on)s::date
)
ORDER BY u.sort_key, u.id
