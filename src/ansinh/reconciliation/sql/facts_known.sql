-- SPDX-License-Identifier: MPL-2.0
-- The instructions behind some end-to-end ids: from which source, and the facts booked so far.
SELECT instruction.end_to_end_id, instruction.stream, ARRAY(
        SELECT outcome.fact FROM reconciliation_outcome AS outcome
        WHERE outcome.instruction_id = instruction.id AND outcome.outcome = 'applied') AS facts
FROM disbursement_instruction AS instruction
WHERE instruction.end_to_end_id = ANY (%(ids)s)
