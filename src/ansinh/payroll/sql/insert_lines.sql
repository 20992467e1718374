-- SPDX-License-Identifier: MPL-2.0
-- The lines of a payroll into its fresh partition: what is owed, joined to who receives it and to what holds it.
WITH scoped AS MATERIALIZED (
    SELECT award_id FROM payees_payable WHERE award_id IS NOT NULL AND commune_id = ANY(%(communes)s::bigint[])
),
held AS MATERIALIZED (
    SELECT DISTINCT ON (person_id) person_id, reason FROM payroll_stage_hold
    WHERE run = %(payroll)s AND award_id IS NULL
    ORDER BY person_id, rank
),
held_award AS MATERIALIZED (
    SELECT DISTINCT ON (award_id) award_id, reason FROM payroll_stage_hold
    WHERE run = %(payroll)s AND award_id IS NOT NULL
    ORDER BY award_id, rank
),
owed AS NOT MATERIALIZED (
    SELECT
        s.place, s.commune_id, s.person_id, s.month, s.awards[l.place] AS award_id, l.component, l.code, l.kind, l.case_id,
        l.amount_vnd - coalesce(k.paid, 0) AS due, coalesce(k.paid, 0) AS paid, coalesce(k.earlier, 0) AS earlier,
        NULL::bigint AS source_payroll_id, NULL::bigint AS source_line_id, s.person_name, s.number_last4, s.hamlet, s.dead
    FROM {stage} s
    JOIN payroll_stage_line l ON l.run = %(payroll)s AND l.month = s.month AND l.fact_key = s.fact_key
    LEFT JOIN payroll_stage_claim k
        ON k.run = %(payroll)s AND k.month = s.month AND k.person_id = s.person_id AND k.component = l.component
    UNION ALL
    SELECT
        place, commune_id, person_id, month, award_id, component, code, kind, case_id, due, paid, earlier,
        source_payroll_id, source_line_id, person_name, number_last4, hamlet, dead
    FROM payroll_stage_extra WHERE run = %(payroll)s
)
INSERT INTO {partition} (
    payroll_id, id, commune_id, person_id, award_id, component, code, benefit_month, kind, amount_vnd, deducted_vnd,
    case_id, hold, source_payroll_id, source_line_id, person_name, number_last4, hamlet, payee_kind, payee_person_id,
    payee_name, mandate_id, channel, bank, account_id, account_enc, account_bidx, account_last4, holder_name)
SELECT
    %(payroll)s, nextval('payroll_line_id'), o.commune_id, o.person_id, o.award_id,
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
        WHEN g.reason IS NOT NULL THEN g.reason
        WHEN y.person_id IS NULL AND o.dead THEN 'payee_dead'
        WHEN y.person_id IS NULL THEN 'no_payee'
        WHEN y.hold <> '' THEN y.hold
        WHEN y.usable_from > %(period)s::date THEN 'account_new'
        WHEN y.channel = 'account' AND y.account_bidx IS NULL THEN 'no_account'
        WHEN o.due > %(most)s THEN 'over_limit'
        ELSE ''
    END,
    o.source_payroll_id, o.source_line_id, o.person_name, o.number_last4, o.hamlet,
    coalesce(y.payee_kind, ''), y.payee_person_id, coalesce(y.payee_name, ''), y.mandate_id,
    coalesce(y.channel, ''), coalesce(y.bank, ''), y.account_id, y.account_enc, y.account_bidx,
    coalesce(y.account_last4, ''), coalesce(y.holder_name, '')
FROM owed o
LEFT JOIN held h ON h.person_id = o.person_id
LEFT JOIN held_award g ON g.award_id = o.award_id
LEFT JOIN scoped z ON z.award_id = o.award_id
LEFT JOIN payees_payable y ON y.person_id = o.person_id AND y.award_id IS NOT DISTINCT FROM z.award_id
WHERE o.due <> 0
ORDER BY o.place, o.person_id, o.month, o.component
