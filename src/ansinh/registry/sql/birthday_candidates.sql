-- SPDX-License-Identifier: MPL-2.0
-- Open awards of living people who reach an age of the law in a month (whose birth days fall in one of
-- the given spans), each person's awards together.
SELECT
    p.id, p.commune_id, p.version, p.born_on, p.born_precision, p.sex, p.household, p.disadvantaged_area,
    p.pension_vnd, p.lives_alone,
    jsonb_agg(jsonb_build_object(
        'id', a.id, 'code', a.code, 'version', a.version, 'facts', a.facts,
        'first_month', a.first_month, 'end_month', a.end_month, 'suspended_from', a.suspended_from,
        'suspended_to', a.suspended_to, 'earlier_suspensions', a.earlier_suspensions) ORDER BY a.id)::text
FROM unnest(%(firsts)s::date[], %(ends)s::date[]) AS span (first, after)
JOIN registry_person AS p ON p.born_on >= span.first AND p.born_on < span.after
JOIN registry_award AS a ON a.person_id = p.id AND NOT a.voided AND a.end_month IS NULL
WHERE p.merged_into_id IS NULL AND p.life = 'alive'
GROUP BY p.id
ORDER BY p.id
