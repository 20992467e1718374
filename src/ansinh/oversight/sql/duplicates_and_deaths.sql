-- SPDX-License-Identifier: MPL-2.0
-- Doubts that other desks decide, counted as cases: the population register's answers and pairs of records.
SELECT CASE WHEN a.result = 'deceased' THEN 'D1' ELSE 'D3' END AS rule,
    count(*) FILTER (WHERE d.pays IS NULL)::int AS open, 0 AS late,
    count(*) FILTER (WHERE d.pays IS NOT NULL)::int AS closed, count(*) FILTER (WHERE NOT d.pays)::int AS something
FROM (
    SELECT DISTINCT ON (person_id) id, person_id, commune_id, result FROM population_answer ORDER BY person_id, id DESC
) AS a
LEFT JOIN LATERAL (
    SELECT pays FROM population_decision AS d WHERE d.answer_id = a.id ORDER BY d.id DESC LIMIT 1) AS d ON true
WHERE a.result IN ('deceased', 'not_found', 'wrong_number')
GROUP BY 1
UNION ALL
SELECT 'D4', count(*) FILTER (WHERE state IN ('open', 'proposed'))::int, 0,
    count(*) FILTER (WHERE state IN ('merged', 'distinct'))::int, count(*) FILTER (WHERE state = 'merged')::int
FROM registry_duplicatepair
HAVING count(*) > 0
