-- SPDX-License-Identifier: MPL-2.0
-- What the ledger holds as paid up to a month beside what evidence says: results, receipts, decided cases, marked days.
WITH mine AS (
    SELECT instruction.id, instruction.amount_vnd, state.state
    FROM disbursement_instruction AS instruction
    JOIN disbursement_state AS state ON state.instruction_id = instruction.id
    WHERE instruction.stream = %(source)s AND instruction.commune_id = %(commune)s AND instruction.period <= %(month)s
    AND state.state IN ('paid', 'collected')),
told AS (
    SELECT CASE mine.state WHEN 'paid' THEN 'paid_account' ELSE 'paid_cash' END AS account, sum(mine.amount_vnd) AS vnd
    FROM mine
    WHERE EXISTS (
        SELECT 1 FROM reconciliation_outcome AS outcome
        WHERE outcome.instruction_id = mine.id AND outcome.fact = 'paid' AND outcome.outcome = 'applied')
    OR EXISTS (
        SELECT 1 FROM reconciliation_case AS decided
        WHERE decided.instruction_id = mine.id AND decided.state = 'settled' AND decided.remedy = 'confirm_paid')
    OR EXISTS (SELECT 1 FROM disbursement_receipt AS receipt WHERE receipt.instruction_id = mine.id)
    GROUP BY 1),
booked AS (
    SELECT account, sum(balance_vnd) AS vnd FROM ledger_balance
    WHERE source = %(source)s AND commune_id = %(commune)s AND period <= %(month)s
    AND account IN ('paid_account', 'paid_cash')
    GROUP BY account)
SELECT place.account, coalesce(booked.vnd, 0)::bigint AS ledger_vnd, coalesce(told.vnd, 0)::bigint AS told_vnd
FROM (VALUES ('paid_account'), ('paid_cash')) AS place (account)
LEFT JOIN booked ON booked.account = place.account
LEFT JOIN told ON told.account = place.account
ORDER BY place.account
