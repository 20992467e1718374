-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: communes with a provider in force, and all its communes.
SELECT c.root_id, count(*) FILTER (WHERE held.unit_id IS NOT NULL), count(*)
FROM places_covered(%(units)s::bigint[], %(on)s) AS c
JOIN places_unit u ON u.id = c.unit_id AND u.level = 'commune'
LEFT JOIN (SELECT DISTINCT f.unit_id FROM providers_in_force(%(on)s) AS f) AS held ON held.unit_id = u.id
GROUP BY c.root_id
