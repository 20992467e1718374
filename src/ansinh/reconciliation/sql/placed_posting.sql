-- SPDX-License-Identifier: MPL-2.0
-- Take the money of one line out of suspense, with the keys that it went in with.
SELECT source, commune_id, period, 'place' AS cause, credit AS debit, debit AS credit, amount_vnd,
    NULL::bigint AS person_id, 'line' AS origin, origin_id, 1::smallint AS origin_seq
FROM ledger_posting WHERE origin = 'line' AND origin_id = %(line)s AND origin_seq = 0
