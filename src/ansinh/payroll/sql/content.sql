-- SPDX-License-Identifier: MPL-2.0
-- What a payroll pays, commune by commune in the order of the paper: figures, and SHA-256 of everything that is in them.
SELECT
    l.commune_id, count(DISTINCT l.person_id) FILTER (WHERE l.hold = ''), count(*) FILTER (WHERE l.hold = ''),
    count(*) FILTER (WHERE l.hold NOT IN ('', 'to_recover')),
    coalesce(sum(l.amount_vnd) FILTER (WHERE l.hold = ''), 0)::bigint,
    coalesce(sum(l.amount_vnd) FILTER (WHERE l.hold NOT IN ('', 'to_recover')), 0)::bigint,
    coalesce(sum(l.amount_vnd) FILTER (WHERE l.kind = 'recovery'), 0)::bigint,
    coalesce(sum(CASE WHEN l.kind = 'recovery' THEN l.deducted_vnd - l.amount_vnd ELSE l.deducted_vnd + l.amount_vnd END)
        FILTER (WHERE l.case_id IS NOT NULL AND l.kind <> 'carried_forward'), 0)::bigint,
    count(*), min(l.id), max(l.id),
    encode(sha256(convert_to(string_agg(
        concat_ws('|', l.commune_id, l.person_id, l.award_id, l.component, l.benefit_month, l.kind, {amount},
            l.deducted_vnd, l.hold,
            l.person_name, l.payee_kind, l.payee_person_id, l.payee_name, l.mandate_id, l.channel, l.bank,
            l.account_id, encode(l.account_bidx, 'hex'), l.holder_name),
        E'\n' ORDER BY l.id), 'UTF8')), 'hex')
FROM payroll_line l {rebuilt} WHERE l.payroll_id = %(payroll)s
GROUP BY l.commune_id ORDER BY l.commune_id
