-- SPDX-License-Identifier: MPL-2.0
-- Put the instructions that may go into an envelope, in the order of their end-to-end ids.
INSERT INTO disbursement_enclosed (instruction_id, turn, envelope_id, commune_id, place)
SELECT fillable.id, (
        SELECT count(*) + 1 FROM disbursement_enclosed AS earlier WHERE earlier.instruction_id = fillable.id),
    %(envelope)s, fillable.commune_id, row_number() OVER (ORDER BY instruction.end_to_end_id)
FROM ({fillable}) AS fillable
JOIN disbursement_instruction AS instruction ON instruction.id = fillable.id
