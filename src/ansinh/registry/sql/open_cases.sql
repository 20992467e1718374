-- SPDX-License-Identifier: MPL-2.0
-- The distinct cases of a month among some people ({people}: their ids) and how many share each: a day of birth counts only where the law looks at it, at the end of a month.
SELECT c.born_on, c.born_precision, c.household, c.disadvantaged_area, c.pension_vnd, c.lives_alone, c.died_on,
    c.awards, count(*)
FROM (
    SELECT
        CASE WHEN p.born_precision = 'day' AND extract(day FROM p.born_on) < 29
            THEN date_trunc('month', p.born_on)::date ELSE p.born_on END AS born_on,
        p.born_precision, p.household, p.disadvantaged_area, p.pension_vnd, p.lives_alone,
        CASE WHEN p.life = 'dead' THEN p.life_since END AS died_on,
        jsonb_agg(jsonb_build_array(a.code, a.facts) ORDER BY a.code, a.id)::text AS awards
    FROM registry_person AS p
    JOIN registry_award AS a ON a.person_id = p.id
    WHERE p.id IN ({people}) AND NOT a.voided AND a.code = ANY (%(codes)s::text[])
        AND a.first_month <= %(month)s AND (a.end_month IS NULL OR a.end_month >= %(month)s)
        AND NOT coalesce(a.suspended_from <= %(month)s
            AND (a.suspended_to IS NULL OR a.suspended_to >= %(month)s), false)
    GROUP BY p.id) AS c
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
