-- SPDX-License-Identifier: MPL-2.0
-- People whose case names something that is not owed this month, with the case that says why.
INSERT INTO payroll_unowed (payroll_id, person_id, commune_id, month, case_id, why)
SELECT %(payroll)s, s.person_id, s.commune_id, s.month, c.id, 'law'
FROM payroll_case c
JOIN {stage} s ON s.month = c.month AND s.fact_key = c.fact_key
WHERE c.payroll_id = %(payroll)s AND c.id = ANY(%(unowed_cases)s::bigint[]) AND c.month >= %(period)s::date
