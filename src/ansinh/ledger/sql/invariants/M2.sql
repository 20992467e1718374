-- SPDX-License-Identifier: MPL-2.0
-- M2: approved = waiting + at bank + paid + with agent + paid in cash + returned + refunded, none below zero, for every key.
SELECT source, commune_id, period, approved FROM ledger_conservation
WHERE approved <> waiting + at_bank + paid_account + cash_with_agent + paid_cash + returned + refunded_budget
OR least(waiting, at_bank, paid_account, cash_with_agent, paid_cash, returned, refunded_budget) < 0
