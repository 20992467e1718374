-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: living people with an open award whom nothing from the population register stops, and all of them.
SELECT c.root_id, count(*) FILTER (WHERE s.person_id IS NOT NULL AND NOT s.blocks), count(*)
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN registry_person p ON p.commune_id = c.unit_id AND p.merged_into_id IS NULL AND p.life <> 'dead'
LEFT JOIN population_standing s ON s.person_id = p.id
WHERE EXISTS (
    SELECT 1 FROM registry_award a WHERE a.person_id = p.id AND NOT a.voided AND a.end_month IS NULL)
GROUP BY c.root_id
