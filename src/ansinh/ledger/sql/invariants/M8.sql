-- SPDX-License-Identifier: MPL-2.0
-- M8: suspense was empty for every period when its accounting month was closed.
SELECT closing_id, period, balance_vnd FROM ledger_closedbalance WHERE account = 'suspense' AND balance_vnd <> 0
