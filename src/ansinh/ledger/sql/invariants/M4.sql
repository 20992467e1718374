-- SPDX-License-Identifier: MPL-2.0
-- M4: the balances stored when a month was closed = the balances recomputed from postings booked until then.
WITH recomputed AS (
    SELECT closing.id AS closing_id, entry.period, entry.account, sum(entry.signed_vnd) AS balance_vnd
    FROM ledger_closing AS closing
    JOIN ledger_entry AS entry ON entry.source = closing.source AND entry.commune_id = closing.commune_id
        AND entry.booked <= closing.month
    GROUP BY closing.id, entry.period, entry.account)
SELECT closing_id, period, account, stored.balance_vnd AS stored_vnd, recomputed.balance_vnd AS recomputed_vnd
FROM ledger_closedbalance AS stored
FULL JOIN recomputed USING (closing_id, period, account)
WHERE stored.balance_vnd IS DISTINCT FROM recomputed.balance_vnd
