-- SPDX-License-Identifier: MPL-2.0
-- How many instructions an envelope holds, and their sum.
SELECT count(*), coalesce(sum(instruction.amount_vnd), 0)::bigint FROM disbursement_enclosed AS enclosed
JOIN disbursement_instruction AS instruction ON instruction.id = enclosed.instruction_id
WHERE enclosed.envelope_id = %(envelope)s
