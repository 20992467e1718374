-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: living people with an open award and an approved account (own or of somebody authorised), and all.
SELECT c.root_id, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM payees_account x
        WHERE x.person_id = p.id AND x.state IN ('approved', 'active') AND x.usable_until IS NULL)), count(*)
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN registry_person p ON p.commune_id = c.unit_id AND p.merged_into_id IS NULL AND p.life <> 'dead'
WHERE EXISTS (
    SELECT 1 FROM registry_award a WHERE a.person_id = p.id AND NOT a.voided AND a.end_month IS NULL)
GROUP BY c.root_id
