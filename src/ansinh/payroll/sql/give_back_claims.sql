-- SPDX-License-Identifier: MPL-2.0
-- Claims that a payroll took over go back to the unpaid lines they came from.
UPDATE payroll_claim
SET payroll_id = taken_payroll_id, line_id = taken_line_id, taken_payroll_id = NULL, taken_line_id = NULL
WHERE payroll_id = %(payroll)s AND taken_payroll_id IS NOT NULL
