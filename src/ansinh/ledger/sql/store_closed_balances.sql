-- SPDX-License-Identifier: MPL-2.0
-- The balances of a commune and source as they stand when a month is closed (M4).
INSERT INTO ledger_closedbalance (closing_id, commune_id, period, account, balance_vnd)
SELECT %(closing)s, commune_id, period, account, sum(signed_vnd)
FROM ledger_entry
WHERE source = %(source)s AND commune_id = %(commune)s AND booked <= %(month)s
GROUP BY commune_id, period, account
