-- SPDX-License-Identifier: MPL-2.0
-- What other payrolls pay already of the staged people and months, by component of the law (entries by hand have none).
INSERT INTO payroll_stage_claim (run, month, person_id, commune_id, component, paid, earlier)
SELECT %(payroll)s, k.benefit_month, k.person_id, min(s.commune_id), k.code, sum(k.amount_vnd)::bigint, count(*)
FROM payroll_claim k JOIN {stage} s ON s.month = k.benefit_month AND s.person_id = k.person_id
WHERE k.benefit_month = ANY(%(months)s::date[]) AND k.code <> ''
GROUP BY k.benefit_month, k.person_id, k.code
UNION ALL
SELECT %(payroll)s, k.benefit_month, k.person_id, min(s.commune_id), k.code, sum(k.amount_vnd)::bigint, count(*)
FROM {stage} s JOIN payroll_claim k ON k.benefit_month = s.month AND k.person_id = s.person_id
WHERE s.month < %(period)s::date AND k.benefit_month < %(period)s::date AND k.code <> ''
GROUP BY k.benefit_month, k.person_id, k.code
