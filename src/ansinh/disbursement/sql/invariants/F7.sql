-- SPDX-License-Identifier: MPL-2.0
-- F7: payroll, instructions and ledger tell one total for what was handed over to be paid.
SELECT payroll.id, told.lines_vnd, made.vnd AS instructed_vnd, booked.vnd AS booked_vnd
FROM payroll_payroll AS payroll
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.amount_vnd), 0) AS lines_vnd FROM payroll_line AS line
    WHERE line.payroll_id = payroll.id AND line.hold = '') AS told
CROSS JOIN LATERAL (
    SELECT coalesce(sum(one.amount_vnd), 0) AS vnd FROM disbursement_instruction AS one
    WHERE one.payroll_id = payroll.id AND one.attempt = 0) AS made
CROSS JOIN LATERAL (
    SELECT coalesce(sum(posting.amount_vnd), 0) AS vnd FROM ledger_posting AS posting
    JOIN disbursement_instruction AS one ON one.id = posting.origin_id AND one.payroll_id = payroll.id
    WHERE posting.origin = 'instruction' AND posting.cause = 'approve') AS booked
WHERE payroll.state = 'handed_over' AND (told.lines_vnd <> made.vnd OR made.vnd <> booked.vnd)
