-- SPDX-License-Identifier: MPL-2.0
-- The postings of a payroll's instructions when they are made: approved, waiting.
SELECT stream AS source, commune_id, period, 'approve' AS cause, 'waiting' AS debit, 'approved' AS credit, amount_vnd,
    person_id, 'instruction' AS origin, id AS origin_id, 0::smallint AS origin_seq
FROM disbursement_instruction WHERE payroll_id = %(payroll)s AND attempt = 0
