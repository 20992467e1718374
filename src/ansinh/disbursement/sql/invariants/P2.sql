-- SPDX-License-Identifier: MPL-2.0
-- P2: at most one living instruction pays a payroll line, and an instruction is the sum of its lines.
SELECT 'line' AS what, part.line_id AS id, count(*) AS living
FROM disbursement_part AS part
JOIN disbursement_state AS state ON state.instruction_id = part.instruction_id
WHERE state.state NOT IN ('reissued', 'carried_forward', 'refunded', 'cancelled')
GROUP BY part.payroll_id, part.line_id HAVING count(*) > 1
UNION ALL
SELECT 'instruction', instruction.id, coalesce(sum(part.amount_vnd), 0)
FROM disbursement_instruction AS instruction
LEFT JOIN disbursement_part AS part ON part.instruction_id = instruction.id
GROUP BY instruction.id, instruction.amount_vnd, instruction.lines
HAVING coalesce(sum(part.amount_vnd), 0) <> instruction.amount_vnd OR count(part.line_id) <> instruction.lines
