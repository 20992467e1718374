-- SPDX-License-Identifier: MPL-2.0
-- Another instruction of the same payroll lines whose money arrived, is on its way or disputed.
SELECT other.end_to_end_id
FROM disbursement_part AS mine
JOIN disbursement_part AS theirs
    ON theirs.payroll_id = mine.payroll_id AND theirs.line_id = mine.line_id
    AND theirs.instruction_id <> mine.instruction_id
JOIN disbursement_instruction AS other ON other.id = theirs.instruction_id
JOIN disbursement_state AS state ON state.instruction_id = other.id
WHERE mine.instruction_id = %(instruction)s
AND state.state IN ('sent', 'paid', 'unknown', 'disputed', 'collected', 'with_agent')
LIMIT 1
