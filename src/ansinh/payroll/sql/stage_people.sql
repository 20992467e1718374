-- SPDX-License-Identifier: MPL-2.0
-- The facts of each wanted person and month, reduced to what can matter for that month, as one text, in the order of the paper: people with equal texts share a case.
INSERT INTO {stage} (
    place, month, person_id, commune_id, fact_key, awards, person_name, number_last4, hamlet, dead)
SELECT
    {place}, w.month, p.id, p.commune_id,
    concat_ws(
        chr(31),
        CASE
            WHEN bit_or(f.reads) & 1 = 0 THEN ''
            WHEN p.born_precision = 'year' THEN to_char(p.born_on, 'YYYY')
            ELSE to_char(p.born_on, 'YYYY-') || CASE
                WHEN p.born_precision = 'day' AND extract(day FROM p.born_on) >= 29
                    AND extract(month FROM p.born_on)
                        IN (extract(month FROM w.month), extract(month FROM w.month - 1))
                    THEN to_char(p.born_on, 'MM-DD')
                WHEN extract(month FROM p.born_on) < extract(month FROM w.month) THEN '01'
                WHEN extract(month FROM p.born_on) = extract(month FROM w.month) THEN to_char(p.born_on, 'MM')
                ELSE '12'
            END || CASE
                WHEN p.born_precision <> 'day' OR extract(day FROM p.born_on) >= 29
                    AND extract(month FROM p.born_on)
                        IN (extract(month FROM w.month), extract(month FROM w.month - 1)) THEN ''
                ELSE '-01'
            END
        END,
        CASE WHEN bit_or(f.reads) & 2 > 0 THEN p.household ELSE 'other' END,
        p.disadvantaged_area AND bit_or(f.reads) & 4 > 0,
        CASE WHEN bit_or(f.reads) & 8 > 0 THEN p.pension_vnd ELSE 0 END,
        p.lives_alone AND bit_or(f.reads) & 16 > 0,
        CASE
            WHEN p.life <> 'dead' THEN ''
            WHEN p.life_since < w.month THEN 'earlier'
            WHEN p.life_since < w.month + interval '1 month' THEN 'this_month'
            ELSE ''
        END,
        string_agg(
            concat_ws(
                chr(29), a.code,
                CASE
                    WHEN f.reads & 32 > 0 THEN to_char(a.first_month, 'YYYY-MM')
                    WHEN a.first_month > w.month THEN 'later'
                    ELSE ''
                END,
                CASE
                    WHEN a.suspended_from <= w.month AND (a.suspended_to IS NULL OR a.suspended_to >= w.month)
                        THEN 'suspended'
                    WHEN a.earlier_suspensions <> '[]' AND EXISTS (
                        SELECT 1 FROM jsonb_array_elements(a.earlier_suspensions) AS span (months)
                        WHERE to_char(w.month, 'YYYY-MM') BETWEEN span.months ->> 0 AND span.months ->> 1)
                        THEN 'suspended'
                    ELSE ''
                END,
                a.facts::text
            ), chr(30) ORDER BY a.id
        )
    ),
    array_agg(a.id ORDER BY a.id), p.name, p.number_last4, p.hamlet, p.life = 'dead'
FROM {wanted}
JOIN registry_award a
    ON a.person_id = p.id AND NOT a.voided AND (a.end_month IS NULL OR a.end_month >= w.month)
LEFT JOIN unnest(%(every_code)s::text[], %(reads)s::int[]) AS f (code, reads) ON f.code = a.code
WHERE p.merged_into_id IS NULL AND p.commune_id = ANY(%(communes)s::bigint[])
GROUP BY p.commune_id, p.hamlet, p.sort_key, p.id, w.month
HAVING bit_or(f.reads) & 64 > 0
ORDER BY p.commune_id, p.hamlet, p.sort_key, p.id, w.month
