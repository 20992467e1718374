-- SPDX-License-Identifier: MPL-2.0
-- Lines beside the cases: paid for a month that turns out to owe nothing of it, unpaid lines of earlier payrolls carried on as they were, and lines added by decision.
INSERT INTO payroll_stage_extra (
    run, place, person_id, commune_id, month, award_id, component, code, kind, case_id, due, paid, earlier,
    source_payroll_id, source_line_id, person_name, number_last4, hamlet, dead)
SELECT
    %(payroll)s, coalesce(n.place, last.place, 0), p.id, p.commune_id, x.month, x.award_id, x.component, x.code, x.kind,
    x.case_id, x.due, x.paid, x.earlier, x.source_payroll_id, x.source_line_id, p.name, p.number_last4, p.hamlet,
    p.life = 'dead'
FROM (
    SELECT
        k.person_id, k.month, paid.award_id, k.component, paid.code, 'monthly' AS kind, c.id AS case_id, -k.paid AS due,
        k.paid, k.earlier, NULL::bigint AS source_payroll_id, NULL::bigint AS source_line_id
    FROM payroll_stage_claim k
    JOIN {stage} s ON s.month = k.month AND s.person_id = k.person_id
    JOIN payroll_case c ON c.payroll_id = %(payroll)s AND c.month = s.month AND c.fact_key = s.fact_key
    JOIN LATERAL (
        SELECT v.award_id, v.code FROM payroll_line v
        WHERE v.person_id = k.person_id AND v.benefit_month = k.month AND v.component = k.component LIMIT 1
    ) AS paid ON true
    WHERE k.run = %(payroll)s AND k.month < %(period)s::date AND k.paid > 0 AND paid.code = ANY(%(codes)s::text[])
        AND NOT EXISTS (
            SELECT 1 FROM payroll_stage_line l
            WHERE l.run = k.run AND l.month = s.month AND l.fact_key = s.fact_key AND l.component = k.component)
    UNION ALL
    SELECT
        v.person_id, v.benefit_month, v.award_id, v.component, v.code, 'carried_forward', v.case_id, v.amount_vnd,
        v.deducted_vnd, 0, v.payroll_id, v.id
    FROM payroll_unpaid u
    JOIN payroll_payroll q ON q.id = u.payroll_id AND q.stream = %(stream)s AND q.communes && %(communes)s::bigint[]
    JOIN payroll_line v ON v.payroll_id = u.payroll_id AND v.id = u.line_id
    JOIN payroll_claim k ON k.payroll_id = v.payroll_id AND k.line_id = v.id
        AND k.benefit_month = v.benefit_month AND k.person_id = v.person_id AND k.component = v.component
    WHERE v.code = ANY(%(codes)s::text[])
    UNION ALL
    SELECT
        e.person_id, e.benefit_month, e.award_id, a.code || '#' || e.id, a.code, e.kind, NULL,
        CASE WHEN e.kind = 'recovery' THEN -e.amount_vnd ELSE e.amount_vnd END, 0, 0, NULL, NULL
    FROM payroll_entry e JOIN registry_award a ON a.id = e.award_id
    WHERE e.payroll_id = %(payroll)s AND e.state = 'used'
) AS x
JOIN registry_person p ON p.id = x.person_id
LEFT JOIN {stage} n ON n.person_id = p.id AND n.month = %(period)s::date
LEFT JOIN (SELECT commune_id, max(place) AS place FROM {stage} GROUP BY commune_id) AS last ON last.commune_id = p.commune_id
WHERE p.commune_id = ANY(%(communes)s::bigint[])
