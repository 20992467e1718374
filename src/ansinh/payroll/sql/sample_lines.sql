-- SPDX-License-Identifier: MPL-2.0
-- Some lines of a payroll with the whole record of each person: what the recheck computes again, without the reduction.
SELECT
    l.id, l.component, l.code, l.benefit_month, l.kind, l.amount_vnd, l.deducted_vnd,
    p.born_on, p.born_precision, p.sex, p.household, p.disadvantaged_area, p.pension_vnd, p.lives_alone,
    CASE WHEN p.life = 'dead' THEN p.life_since END AS died_on, a.awards
FROM payroll_line l
JOIN registry_person p ON p.id = l.person_id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'code', w.code, 'from', to_char(w.first_month, 'YYYY-MM'), 'to', to_char(w.end_month, 'YYYY-MM'),
        'facts', w.facts,
        'suspended', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('from', span.months ->> 0, 'to', span.months ->> 1)), '[]')
            FROM jsonb_array_elements(w.earlier_suspensions) AS span (months)
        ) || CASE WHEN w.suspended_from IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(
            jsonb_build_object('from', to_char(w.suspended_from, 'YYYY-MM'), 'to', to_char(w.suspended_to, 'YYYY-MM'))
        ) END) ORDER BY w.id) AS awards
    FROM registry_award w WHERE w.person_id = l.person_id AND NOT w.voided
        AND (w.end_month IS NULL OR w.end_month >= l.benefit_month)
) AS a
WHERE l.payroll_id = %(payroll)s AND l.id = ANY(%(ids)s::bigint[]) AND l.case_id IS NOT NULL AND l.kind <> 'carried_forward'
