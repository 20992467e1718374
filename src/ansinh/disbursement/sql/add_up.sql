-- SPDX-License-Identifier: MPL-2.0
-- Payable lines, their parts and their instructions: counts and sums that must be equal.
SELECT lines.many, lines.vnd, parts.many, parts.vnd, made.vnd
FROM (SELECT count(*) AS many, coalesce(sum(amount_vnd), 0)::bigint AS vnd FROM payroll_line
    WHERE payroll_id = %(payroll)s AND hold = '') AS lines,
(SELECT count(*) AS many, coalesce(sum(amount_vnd), 0)::bigint AS vnd FROM disbursement_part
    WHERE payroll_id = %(payroll)s AND attempt = 0) AS parts,
(SELECT coalesce(sum(amount_vnd), 0)::bigint AS vnd FROM disbursement_instruction
    WHERE payroll_id = %(payroll)s AND attempt = 0) AS made
