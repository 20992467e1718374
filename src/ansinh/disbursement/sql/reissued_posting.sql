-- SPDX-License-Identifier: MPL-2.0
-- The posting of a re-issue: what had come back waits again, under the new instruction.
SELECT stream AS source, commune_id, period, 'reissue' AS cause, 'waiting' AS debit, 'returned' AS credit, amount_vnd,
    person_id, 'instruction' AS origin, id AS origin_id, 0::smallint AS origin_seq
FROM disbursement_instruction WHERE id = %(made)s
