-- SPDX-License-Identifier: MPL-2.0
-- P3: every instruction has an end-to-end id with right check digits, its own number inside, used once.
SELECT id, end_to_end_id FROM disbursement_instruction
WHERE end_to_end_id !~ '^AS[0-9]{18}$' OR substr(end_to_end_id, 3)::numeric % 97 <> 1
OR substr(end_to_end_id, 9, 10)::bigint <> id
UNION ALL
SELECT min(id), end_to_end_id FROM disbursement_instruction GROUP BY end_to_end_id HAVING count(*) > 1
