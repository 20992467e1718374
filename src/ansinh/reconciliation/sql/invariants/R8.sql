-- SPDX-License-Identifier: MPL-2.0
-- R8: what has no answer stays at the bank: the ledger's sum at the bank is that of sent, unknown and disputed.
SELECT coalesce(booked.source, told.stream) AS source, coalesce(booked.period, told.period) AS period,
    booked.vnd AS booked_vnd, told.vnd AS told_vnd
FROM (SELECT source, period, sum(balance_vnd) AS vnd FROM ledger_balance WHERE account = 'at_bank' GROUP BY 1, 2) AS booked
FULL JOIN (
    SELECT instruction.stream, instruction.period, sum(instruction.amount_vnd) AS vnd
    FROM disbursement_instruction AS instruction
    JOIN disbursement_state AS state ON state.instruction_id = instruction.id
    WHERE state.state IN ('sent', 'unknown', 'disputed') GROUP BY 1, 2) AS told
    ON told.stream = booked.source AND told.period = booked.period
WHERE coalesce(booked.vnd, 0) <> coalesce(told.vnd, 0)
