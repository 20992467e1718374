-- SPDX-License-Identifier: MPL-2.0
-- The lines of a payroll into its fresh partition: what is owed, joined to who receives it and to what holds it.
WITH payee AS NOT MATERIALIZED (
    SELECT v.* FROM payees_payable v WHERE v.commune_id = ANY(%(communes)s::bigint[])
),
scoped AS MATERIALIZED (SELECT award_id FROM payee WHERE award_id IS NOT NULL),
claimed AS MATERIALIZED (
    SELECT benefit_month, person_id, code, sum(amount_vnd)::bigint AS paid, count(*) AS earlier
    FROM payroll_claim WHERE benefit_month = ANY(%(claim_months)s::date[]) AND code <> ''
    GROUP BY benefit_month, person_id, code
),
held AS MATERIALIZED (
    SELECT DISTINCT ON (person_id) person_id, reason FROM payroll_stage_hold WHERE run = %(payroll)s
    ORDER BY person_id, rank
),
owed AS NOT MATERIALIZED (
    SELECT
        s.person_id, s.month, s.awards[l.place] AS award_id, l.component, l.code, l.kind, l.case_id,
        l.amount_vnd - coalesce(k.paid, 0) AS due, coalesce(k.paid, 0) AS paid, coalesce(k.earlier, 0) AS earlier,
        NULL::bigint AS source_payroll_id, NULL::bigint AS source_line_id
    FROM payroll_stage_person s
    JOIN payroll_stage_line l ON l.run = s.run AND l.month = s.month AND l.fact_key = s.fact_key
    LEFT JOIN claimed k ON k.benefit_month = s.month AND k.person_id = s.person_id AND k.code = l.component
    WHERE s.run = %(payroll)s
    UNION ALL -- paid for a month that turns out to owe nothing of it
    SELECT
        s.person_id, s.month, x.award_id, k.code, k.code, 'monthly', c.id, -k.paid, k.paid, k.earlier, NULL, NULL
    FROM claimed k
    JOIN payroll_stage_person s
        ON s.run = %(payroll)s AND s.month = k.benefit_month AND s.person_id = k.person_id AND s.month < %(period)s::date
    JOIN payroll_case c ON c.payroll_id = %(payroll)s AND c.month = s.month AND c.fact_key = s.fact_key
    JOIN LATERAL (
        SELECT v.award_id FROM payroll_line v
        WHERE v.person_id = k.person_id AND v.benefit_month = k.benefit_month AND v.code = k.code LIMIT 1
    ) AS x ON true
    WHERE k.paid > 0 AND k.code = ANY(%(codes)s::text[]) AND NOT EXISTS (
        SELECT 1 FROM payroll_stage_line l
        WHERE l.run = s.run AND l.month = s.month AND l.fact_key = s.fact_key AND l.component = k.code)
    UNION ALL -- unpaid lines of earlier payrolls, carried on as they were
    SELECT
        v.person_id, v.benefit_month, v.award_id, v.component, v.code, 'carried_forward', v.case_id, v.amount_vnd,
        v.deducted_vnd, 0, v.payroll_id, v.id
    FROM payroll_unpaid u
    JOIN payroll_payroll q ON q.id = u.payroll_id AND q.stream = %(stream)s AND q.communes && %(communes)s::bigint[]
    JOIN payroll_line v ON v.payroll_id = u.payroll_id AND v.id = u.line_id
    JOIN payroll_claim k ON k.payroll_id = v.payroll_id AND k.line_id = v.id
        AND k.benefit_month = v.benefit_month AND k.person_id = v.person_id AND k.component = v.component
    WHERE v.code = ANY(%(codes)s::text[])
    UNION ALL -- added by hand, by decision
    SELECT
        e.person_id, e.benefit_month, e.award_id, a.code || '#' || e.id, a.code, e.kind, NULL,
        CASE WHEN e.kind = 'recovery' THEN -e.amount_vnd ELSE e.amount_vnd END, 0, 0, NULL, NULL
    FROM payroll_entry e JOIN registry_award a ON a.id = e.award_id
    WHERE e.payroll_id = %(payroll)s AND e.state = 'used'
)
INSERT INTO {partition} (
    payroll_id, id, commune_id, person_id, award_id, component, code, benefit_month, kind, amount_vnd, deducted_vnd,
    case_id, hold, source_payroll_id, source_line_id, person_name, number_last4, hamlet, payee_kind, payee_person_id,
    payee_name, mandate_id, channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name)
SELECT
    %(payroll)s, nextval('payroll_line_id'), p.commune_id, o.person_id, o.award_id,
    CASE WHEN o.earlier = 0 THEN o.component
        WHEN o.due > 0 THEN o.component || '+' || o.earlier ELSE o.component || '-' || o.earlier END,
    o.code, o.month,
    CASE
        WHEN o.due < 0 THEN 'recovery'
        WHEN o.kind IN ('one_off', 'correction', 'carried_forward') THEN o.kind
        WHEN o.month < %(period)s::date THEN 'arrears'
        WHEN o.earlier > 0 THEN 'correction'
        ELSE 'current'
    END,
    abs(o.due), o.paid, o.case_id,
    CASE
        WHEN o.due < 0 THEN 'to_recover'
        WHEN h.reason IS NOT NULL THEN h.reason
        WHEN y.person_id IS NULL AND p.life = 'dead' THEN 'payee_dead'
        WHEN y.person_id IS NULL THEN 'no_payee'
        WHEN y.hold <> '' THEN y.hold
        WHEN y.usable_from > %(period)s::date THEN 'account_new'
        WHEN y.channel = 'account' AND y.account_bidx IS NULL THEN 'no_account'
        WHEN o.due > %(most)s THEN 'over_limit'
        ELSE ''
    END,
    o.source_payroll_id, o.source_line_id, p.name, p.number_last4, p.hamlet,
    coalesce(y.payee_kind, ''), y.payee_person_id, coalesce(y.payee_name, ''), y.mandate_id,
    coalesce(y.channel, ''), coalesce(y.bank, ''), y.account_id, y.account_enc, y.account_bidx,
    coalesce(y.account_last4, ''), coalesce(y.holder_name, '')
FROM owed o
JOIN registry_person p ON p.id = o.person_id
LEFT JOIN held h ON h.person_id = o.person_id
LEFT JOIN scoped z ON z.award_id = o.award_id
LEFT JOIN payee y ON y.person_id = o.person_id AND y.award_id IS NOT DISTINCT FROM z.award_id
WHERE o.due <> 0 AND p.commune_id = ANY(%(communes)s::bigint[])
ORDER BY p.commune_id, p.hamlet, p.sort_key, p.id, o.month, o.component
