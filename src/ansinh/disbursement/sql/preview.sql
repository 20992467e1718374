-- SPDX-License-Identifier: MPL-2.0
-- What a locked payroll would send, by channel: instructions, lines, sum; and what is held, by reason.
SELECT channel, '' AS hold, count(*) AS people, sum(lines)::bigint AS lines, sum(vnd)::bigint AS sum_vnd
FROM (
    SELECT channel, count(*) AS lines, sum(amount_vnd) AS vnd FROM payroll_line
    WHERE payroll_id = %(payroll)s AND hold = ''
    GROUP BY person_id, payee_kind, mandate_id, channel, account_id) AS payees
GROUP BY channel
UNION ALL
SELECT '', hold, count(DISTINCT person_id), count(*), sum(amount_vnd)::bigint FROM payroll_line
WHERE payroll_id = %(payroll)s AND hold <> ''
GROUP BY hold
ORDER BY 2, 1
