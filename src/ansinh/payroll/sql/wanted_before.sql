-- SPDX-License-Identifier: MPL-2.0
-- Who may be owed more or less for an earlier month: the record or an award changed since that month's payroll, a hold kept the line out, the law of that month says otherwise now, or a fresh decision reaches back.
SELECT n.id AS person_id, q.period AS month
FROM payroll_payroll q
JOIN registry_person n ON n.commune_id = ANY(%(communes)s::bigint[])
WHERE q.stream = %(stream)s AND q.state IN ('locked', 'handed_over')
    AND q.period >= %(earliest)s::date AND q.period < %(period)s::date
    AND q.communes && %(communes)s::bigint[]
    AND (
        n.changed_at > q.calculated_at
        OR EXISTS (SELECT 1 FROM registry_award c WHERE c.person_id = n.id AND c.changed_at > q.calculated_at)
    )
UNION
SELECT l.person_id, l.benefit_month
FROM payroll_line l JOIN payroll_payroll q ON q.id = l.payroll_id
WHERE q.stream = %(stream)s AND q.state IN ('locked', 'handed_over')
    AND l.benefit_month >= %(earliest)s::date AND l.benefit_month < %(period)s::date
    AND l.commune_id = ANY(%(communes)s::bigint[])
    AND (l.hold NOT IN ('', 'to_recover') OR l.case_id = ANY(%(changed_cases)s::bigint[]))
UNION
SELECT u.person_id, u.month
FROM payroll_unowed u JOIN payroll_payroll q ON q.id = u.payroll_id
WHERE q.stream = %(stream)s AND q.state IN ('locked', 'handed_over')
    AND u.commune_id = ANY(%(communes)s::bigint[]) AND u.case_id = ANY(%(changed_cases)s::bigint[])
    AND u.month >= %(earliest)s::date AND u.month < %(period)s::date
UNION
SELECT f.person_id, back.month::date
FROM registry_award f
CROSS JOIN LATERAL generate_series(
    greatest(f.first_month, %(earliest)s::date)::timestamp, %(period)s::date - interval '1 month', interval '1 month'
) AS back (month)
WHERE f.commune_id = ANY(%(communes)s::bigint[]) AND NOT f.voided AND f.first_month < %(period)s::date
    AND f.decided_on >= %(fresh_from)s::date
