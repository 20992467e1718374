-- SPDX-License-Identifier: MPL-2.0
-- People by hamlet, and for each payer in force there: 2 a place in the hamlet, 1 in the commune or at home, 0 none.
WITH people AS (
    SELECT p.commune_id, p.hamlet, count(*)::int AS many
    FROM registry_person AS p
    JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = p.commune_id
    WHERE p.life <> 'dead' AND p.merged_into_id IS NULL AND EXISTS (
        SELECT 1 FROM registry_award AS a WHERE a.person_id = p.id AND NOT a.voided AND a.first_month <= %(on)s
            AND (a.end_month IS NULL OR a.end_month >= date_trunc('month', %(on)s::date)))
    GROUP BY p.commune_id, p.hamlet
), held AS (
    SELECT DISTINCT f.unit_id, f.provider_id FROM providers_in_force(%(on)s) AS f
)
SELECT u.id, u.name, people.hamlet, people.many, held.provider_id,
    coalesce(max(CASE WHEN fact.hamlet <> '' THEN 2 ELSE 1 END) FILTER (WHERE fact.id IS NOT NULL), 0) AS reach
FROM people
JOIN places_unit AS u ON u.id = people.commune_id
LEFT JOIN held ON held.unit_id = people.commune_id
LEFT JOIN providers_providerfact AS fact ON fact.provider_id = held.provider_id
    AND fact.unit_id = people.commune_id AND fact.kind = ANY (%(reach)s) AND fact.quantity > 0
    AND fact.validity @> %(on)s::date AND fact.hamlet IN ('', people.hamlet)
GROUP BY u.id, u.name, u.sort_key, people.hamlet, people.many, held.provider_id
ORDER BY u.sort_key, u.id, people.hamlet, held.provider_id
