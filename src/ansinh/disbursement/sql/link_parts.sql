-- SPDX-License-Identifier: MPL-2.0
-- Which lines of a payroll each of its instructions pays.
INSERT INTO disbursement_part (payroll_id, line_id, attempt, instruction_id, commune_id, amount_vnd)
SELECT line.payroll_id, line.id, 0, made.id, line.commune_id, line.amount_vnd
FROM payroll_line AS line
JOIN disbursement_instruction AS made
    ON made.payroll_id = line.payroll_id AND made.person_id = line.person_id AND made.attempt = 0
    AND made.payee_key = line.payee_kind || ':' || coalesce(line.mandate_id, 0) || ':' || line.channel || ':'
        || coalesce(line.account_id, 0)
WHERE line.payroll_id = %(payroll)s AND line.hold = ''
ORDER BY line.id
