-- SPDX-License-Identifier: MPL-2.0
-- Who may be owed more or less for an earlier month: a record or an award changed since these months were looked at, a hold kept a line out, the law of that month says otherwise now, or a fresh decision reaches back.
(
    SELECT n.id AS person_id, q.period AS month
    FROM (
        SELECT c.id FROM registry_person c
        WHERE c.commune_id = ANY(%(communes)s::bigint[]) AND c.changed_at > %(looked_at)s
        UNION
        SELECT a.person_id FROM registry_award a
        WHERE a.commune_id = ANY(%(communes)s::bigint[]) AND a.changed_at > %(looked_at)s
    ) AS n
    CROSS JOIN unnest(%(past_periods)s::date[]) AS q (period)
    UNION
    SELECT l.person_id, l.benefit_month
    FROM payroll_line l
    WHERE l.payroll_id = ANY(%(past_payrolls)s::bigint[]) AND l.hold <> '' AND l.hold <> 'to_recover'
        AND l.commune_id = ANY(%(communes)s::bigint[])
        AND l.benefit_month >= %(earliest)s::date AND l.benefit_month < %(period)s::date
    UNION
    SELECT l.person_id, l.benefit_month
    FROM payroll_line l
    WHERE cardinality(%(changed_cases)s::bigint[]) > 0 AND l.payroll_id = ANY(%(past_payrolls)s::bigint[])
        AND l.case_id = ANY(%(changed_cases)s::bigint[]) AND l.commune_id = ANY(%(communes)s::bigint[])
        AND l.benefit_month >= %(earliest)s::date AND l.benefit_month < %(period)s::date
    UNION
    SELECT u.person_id, u.month
    FROM payroll_unowed u
    WHERE cardinality(%(changed_cases)s::bigint[]) > 0 AND u.payroll_id = ANY(%(past_payrolls)s::bigint[])
        AND u.case_id = ANY(%(changed_cases)s::bigint[]) AND u.commune_id = ANY(%(communes)s::bigint[])
        AND u.month >= %(earliest)s::date AND u.month < %(period)s::date
    UNION
    SELECT f.person_id, back.month::date
    FROM registry_award f
    CROSS JOIN LATERAL generate_series(
        greatest(f.first_month, %(earliest)s::date)::timestamp, %(period)s::date - interval '1 month', interval '1 month'
    ) AS back (month)
    WHERE f.commune_id = ANY(%(communes)s::bigint[]) AND NOT f.voided AND f.first_month < %(period)s::date
        AND f.decided_on >= %(fresh_from)s::date
) AS w JOIN registry_person p ON p.id = w.person_id
LEFT JOIN {stage} n ON n.person_id = p.id AND n.month = %(period)s::date
LEFT JOIN (SELECT commune_id, max(place) AS place FROM {stage} GROUP BY commune_id) AS o ON o.commune_id = p.commune_id
