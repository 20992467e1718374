-- SPDX-License-Identifier: MPL-2.0
-- What submitted, approved and settled payrolls of a stream and year take, for each commune.
SELECT t.commune_id, sum(t.total_vnd)::bigint
FROM payroll_communetotal t JOIN payroll_payroll q ON q.id = t.payroll_id
WHERE q.stream = %(stream)s AND q.period >= %(first)s::date AND q.period < %(after)s::date
    AND q.state = ANY(%(states)s::text[]) AND q.id <> %(without)s
GROUP BY t.commune_id
