-- SPDX-License-Identifier: MPL-2.0
-- The claims of unpaid lines move to the payroll that carries them on.
UPDATE payroll_claim k
SET payroll_id = l.payroll_id, line_id = l.id, taken_payroll_id = k.payroll_id, taken_line_id = k.line_id
FROM payroll_line l
WHERE l.payroll_id = %(payroll)s AND l.kind = 'carried_forward' AND l.hold = ''
    AND k.benefit_month = l.benefit_month AND k.person_id = l.person_id AND k.component = l.component
    AND k.payroll_id = l.source_payroll_id AND k.line_id = l.source_line_id
