-- SPDX-License-Identifier: MPL-2.0
-- What differs for each person from last month's payrolls, with the event, decision, change or law that explains it ('' when nothing does).
WITH now_regular AS NOT MATERIALIZED (
    SELECT person_id, component, amount_vnd, commune_id, channel, bank, account_bidx, payee_name FROM payroll_line
    WHERE payroll_id = %(payroll)s AND hold = '' AND kind = 'current' AND benefit_month = %(period)s::date
), before_regular AS NOT MATERIALIZED (
    SELECT person_id, component, amount_vnd, commune_id, channel, bank, account_bidx, payee_name FROM payroll_line
    WHERE payroll_id = ANY(%(previous)s::bigint[]) AND hold = '' AND kind = 'current' AND benefit_month = %(last_month)s::date
        AND commune_id = ANY(%(communes)s::bigint[])
), touched AS MATERIALIZED ( -- only they can differ: everybody else has the very lines of last month
    SELECT coalesce(n.person_id, b.person_id) AS person_id
    FROM now_regular n FULL JOIN before_regular b ON b.person_id = n.person_id AND b.component = n.component
    WHERE n.person_id IS NULL OR b.person_id IS NULL OR n.amount_vnd <> b.amount_vnd OR n.commune_id <> b.commune_id
        OR n.channel <> b.channel OR n.bank <> b.bank OR n.account_bidx IS DISTINCT FROM b.account_bidx
        OR n.payee_name <> b.payee_name
    UNION
    SELECT person_id FROM payroll_line
    WHERE payroll_id = %(payroll)s AND hold = '' AND (kind <> 'current' OR benefit_month <> %(period)s::date)
    UNION
    SELECT person_id FROM payroll_line
    WHERE payroll_id = ANY(%(previous)s::bigint[]) AND hold = '' AND (kind <> 'current' OR benefit_month <> %(last_month)s::date)
), before AS NOT MATERIALIZED (
    SELECT
        person_id, max(commune_id) AS commune_id, sum(amount_vnd) AS vnd, count(*) FILTER (WHERE kind <> 'current') AS odd,
        min(channel || '|' || bank || '|' || coalesce(encode(account_bidx, 'hex'), '')) AS account,
        min(coalesce(bank || ' …' || nullif(account_last4, ''), channel)) AS account_text,
        min(payee_name) AS payee, max(case_id) AS case_id
    FROM payroll_line
    WHERE payroll_id = ANY(%(previous)s::bigint[]) AND hold = '' AND commune_id = ANY(%(communes)s::bigint[])
        AND person_id IN (SELECT t.person_id FROM touched t)
    GROUP BY person_id
), now AS NOT MATERIALIZED (
    SELECT
        person_id, max(commune_id) AS commune_id, sum(amount_vnd) AS vnd, count(*) FILTER (WHERE kind <> 'current') AS odd,
        min(channel || '|' || bank || '|' || coalesce(encode(account_bidx, 'hex'), '')) AS account,
        min(coalesce(bank || ' …' || nullif(account_last4, ''), channel)) AS account_text,
        min(payee_name) AS payee, max(case_id) AS case_id
    FROM payroll_line
    WHERE payroll_id = %(payroll)s AND hold = '' AND person_id IN (SELECT t.person_id FROM touched t)
    GROUP BY person_id
), pairs AS MATERIALIZED (
    SELECT
        coalesce(n.person_id, b.person_id) AS person_id, coalesce(n.commune_id, b.commune_id) AS commune_id,
        coalesce(b.vnd, 0) AS before_vnd, coalesce(n.vnd, 0) AS after_vnd,
        b.commune_id AS before_commune, n.commune_id AS after_commune,
        b.account AS before_account, n.account AS after_account,
        b.account_text AS before_account_text, n.account_text AS after_account_text,
        b.payee AS before_payee, n.payee AS after_payee, coalesce(b.odd, 0) + coalesce(n.odd, 0) AS odd,
        b.case_id AS before_case, n.case_id AS after_case
    FROM now n FULL JOIN before b ON b.person_id = n.person_id
    WHERE b.person_id IS NULL OR n.person_id IS NULL OR b.vnd <> n.vnd OR b.account <> n.account
        OR b.commune_id <> n.commune_id OR b.payee <> n.payee
), kinds AS (
    SELECT
        b.*, k.kind,
        CASE WHEN k.kind <> 'amount' OR b.odd > 0 THEN ''
            WHEN c.fact_key = d.fact_key THEN 'rate'
            WHEN substr(c.fact_key, strpos(c.fact_key, chr(31))) = substr(d.fact_key, strpos(d.fact_key, chr(31)))
                THEN 'age'
            ELSE '' END AS known
    FROM pairs b
    LEFT JOIN payroll_case c ON c.id = b.before_case
    LEFT JOIN payroll_case d ON d.id = b.after_case
    CROSS JOIN LATERAL (
        SELECT 'joined' AS kind WHERE b.before_vnd = 0
        UNION ALL SELECT 'left' WHERE b.after_vnd = 0
        UNION ALL SELECT 'amount' WHERE b.before_vnd <> 0 AND b.after_vnd <> 0 AND b.before_vnd <> b.after_vnd
        UNION ALL SELECT 'account' WHERE b.before_account <> b.after_account OR b.before_payee <> b.after_payee
        UNION ALL SELECT 'unit' WHERE b.before_commune <> b.after_commune
    ) AS k
)
INSERT INTO payroll_difference (
    payroll_id, person_id, commune_id, kind, before_vnd, after_vnd, before_text, after_text, reason, evidence)
SELECT
    %(payroll)s, k.person_id, k.commune_id, k.kind, k.before_vnd, k.after_vnd,
    left(CASE WHEN k.kind = 'account' THEN concat_ws(', ', k.before_payee, k.before_account_text)
        WHEN k.kind = 'unit' THEN (SELECT u.name FROM places_unit u WHERE u.id = k.before_commune) ELSE '' END, 200),
    left(CASE WHEN k.kind = 'account' THEN concat_ws(', ', k.after_payee, k.after_account_text)
        WHEN k.kind = 'unit' THEN (SELECT u.name FROM places_unit u WHERE u.id = k.after_commune) ELSE '' END, 200),
    coalesce(nullif(k.known, ''), why.reason, ''), left(coalesce(why.evidence, ''), 300)
FROM kinds k
LEFT JOIN LATERAL (
    SELECT r.reason, r.evidence FROM (
        SELECT 1 AS rank, 'explained' AS reason, x.text AS evidence FROM payroll_explanation x
        WHERE x.payroll_id = %(payroll)s AND x.person_id = k.person_id AND x.kind = k.kind
        UNION ALL
        SELECT 2, 'paid_together', '' FROM payroll_unowed t
        WHERE t.payroll_id = %(payroll)s AND t.person_id = k.person_id AND t.why = 'paid_already' AND k.kind = 'left'
        UNION ALL
        SELECT 3, 'death', to_char(p.life_since, 'DD/MM/YYYY') FROM registry_person p
        WHERE p.id = k.person_id AND p.life = 'dead' AND k.kind IN ('left', 'amount')
        UNION ALL
        SELECT 4, 'held', min(l.hold) FROM payroll_line l
        WHERE l.payroll_id = %(payroll)s AND l.person_id = k.person_id AND l.hold NOT IN ('', 'to_recover')
            AND k.kind IN ('left', 'amount') HAVING count(*) > 0
        UNION ALL
        SELECT 5, 'released', min(l.hold) FROM payroll_line l
        WHERE l.payroll_id = ANY(%(previous)s::bigint[]) AND l.person_id = k.person_id AND l.hold NOT IN ('', 'to_recover')
            AND k.kind IN ('joined', 'amount') HAVING count(*) > 0
        UNION ALL
        SELECT 6, 'ended', concat_ws(' ', a.code, to_char(a.end_month, 'MM/YYYY'), a.end_reason)
        FROM registry_award a
        WHERE a.person_id = k.person_id AND a.end_month >= %(last_month)s::date AND a.end_month < %(period)s::date
            AND a.end_reason <> '' AND k.kind IN ('left', 'amount')
        UNION ALL
        SELECT 7, 'suspended', concat_ws(' ', a.code, a.suspend_reason) FROM registry_award a
        WHERE a.person_id = k.person_id AND a.suspended_from > %(last_month)s::date AND a.suspended_from <= %(period)s::date
            AND k.kind IN ('left', 'amount')
        UNION ALL
        SELECT 8, 'resumed', concat_ws(' ', a.code, to_char(a.suspended_to, 'MM/YYYY')) FROM registry_award a
        WHERE a.person_id = k.person_id AND a.suspended_to >= %(last_month)s::date AND a.suspended_to < %(period)s::date
            AND k.kind IN ('joined', 'amount')
        UNION ALL
        SELECT 9, 'decision', concat_ws(' ', a.code, a.decision_number, to_char(a.decided_on, 'DD/MM/YYYY'))
        FROM registry_award a
        WHERE a.person_id = k.person_id AND NOT a.voided AND a.decision_number <> ''
            AND (a.first_month > %(last_month)s::date AND a.first_month <= %(period)s::date OR a.decided_on >= %(last_month)s::date)
            AND k.kind IN ('joined', 'amount')
        UNION ALL
        SELECT 10, 'change', concat_ws(': ', c.label, c.reason) FROM registry_change c
        WHERE c.person_id = k.person_id AND c.state = 'applied' AND c.decided_at > %(since)s
            AND k.kind <> 'account'
        UNION ALL
        SELECT 11, 'kind', string_agg(DISTINCT l.kind, ', ') FROM payroll_line l
        WHERE l.person_id = k.person_id AND k.odd > 0 AND k.kind IN ('joined', 'left', 'amount')
            AND (l.payroll_id = %(payroll)s OR l.payroll_id = ANY(%(previous)s::bigint[])) AND l.kind <> 'current' AND l.hold = ''
        HAVING count(*) > 0
        UNION ALL
        SELECT 12, 'account_change', '' WHERE k.kind = 'account' AND k.after_account IS NOT NULL
        UNION ALL
        SELECT 13, 'moved', to_char(lower(m.validity), 'DD/MM/YYYY') FROM registry_residence m
        WHERE m.person_id = k.person_id AND lower(m.validity) >= %(last_month)s::date
            AND (k.kind IN ('unit', 'joined') AND m.commune_id = k.after_commune
                OR k.kind = 'left' AND m.commune_id <> k.before_commune)
        UNION ALL
        SELECT 14, 'law', concat_ws('; ', w.why, w.citation)
        FROM payroll_unowed t
        JOIN payroll_case c ON c.id = t.case_id
        JOIN payroll_case d ON d.id = k.before_case
        CROSS JOIN LATERAL jsonb_to_recordset(c.answer -> 'not_owed') AS w (why text, citation text)
        WHERE t.payroll_id = %(payroll)s AND t.person_id = k.person_id AND k.kind IN ('left', 'amount')
            AND substr(c.fact_key, strpos(c.fact_key, chr(31))) = substr(d.fact_key, strpos(d.fact_key, chr(31)))
    ) AS r WHERE k.known = '' ORDER BY r.rank LIMIT 1
) AS why ON true
