-- SPDX-License-Identifier: MPL-2.0
-- SHA-256 of everything that a payroll pays, in two levels: blocks of a thousand person ids, then the blocks in order.
SELECT sha256(convert_to(coalesce(string_agg(block.hash, '' ORDER BY block.number), ''), 'UTF8'))
FROM (
    SELECT l.person_id / 1000 AS number, encode(sha256(convert_to(string_agg(
        concat_ws('|', l.commune_id, l.person_id, l.award_id, l.component, l.benefit_month, l.kind, {amount},
            l.deducted_vnd, l.hold,
            l.person_name, l.payee_kind, l.payee_person_id, l.payee_name, l.mandate_id, l.channel, l.bank,
            l.account_id, encode(l.account_bidx, 'hex'), l.holder_name),
        E'\n' ORDER BY l.person_id, l.benefit_month, l.component), 'UTF8')), 'hex') AS hash
    FROM payroll_line l {rebuilt} WHERE l.payroll_id = %(payroll)s
    GROUP BY l.person_id / 1000
) AS block
