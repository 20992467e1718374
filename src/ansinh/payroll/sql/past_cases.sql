-- SPDX-License-Identifier: MPL-2.0
-- The cases of settled payrolls that were calculated under law that may differ from what is known now.
SELECT c.id, c.month, c.facts, c.answer
FROM payroll_case c JOIN payroll_payroll q ON q.id = c.payroll_id
WHERE q.id = ANY(%(payrolls)s::bigint[]) AND c.month >= %(earliest)s::date AND c.month < %(period)s::date
