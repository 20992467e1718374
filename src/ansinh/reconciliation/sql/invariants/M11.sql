-- SPDX-License-Identifier: MPL-2.0
-- M11: each day of a bank account adds up, and opens with what the day before closed with.
SELECT account, day, opening_vnd, before FROM (
    SELECT account, day, opening_vnd, in_vnd, out_vnd, closing_vnd,
        lag(closing_vnd) OVER (PARTITION BY account ORDER BY day) AS before FROM reconciliation_accountday) AS days
WHERE closing_vnd <> opening_vnd + in_vnd - out_vnd OR before <> opening_vnd
