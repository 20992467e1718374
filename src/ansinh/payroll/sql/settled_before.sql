-- SPDX-License-Identifier: MPL-2.0
-- What the cases owe and other payrolls have paid in full: noted as paid already, and summed for the control of totals.
WITH settled AS (
    SELECT s.person_id, s.commune_id, s.month, l.case_id, l.amount_vnd
    FROM payroll_stage_claim k
    JOIN {stage} s ON s.month = k.month AND s.person_id = k.person_id
    JOIN payroll_stage_line l
        ON l.run = k.run AND l.month = s.month AND l.fact_key = s.fact_key AND l.component = k.component
    WHERE k.run = %(payroll)s AND l.amount_vnd = k.paid
), noted AS (
    INSERT INTO payroll_unowed (payroll_id, person_id, commune_id, month, case_id, why)
    SELECT DISTINCT ON (person_id, month) %(payroll)s, person_id, commune_id, month, case_id, 'paid_already'
    FROM settled WHERE month >= %(period)s::date
    ORDER BY person_id, month
)
SELECT coalesce(sum(amount_vnd), 0)::bigint FROM settled
