-- SPDX-License-Identifier: MPL-2.0
-- P11: the money of each instruction lies where its state says; the ledger and the events tell one story.
WITH told AS (
    SELECT instruction.id, instruction.amount_vnd, held.account
    FROM disbursement_instruction AS instruction
    JOIN disbursement_state AS state ON state.instruction_id = instruction.id
    JOIN (VALUES ('instructed', 'waiting'), ('sent', 'at_bank'), ('unknown', 'at_bank'), ('disputed', 'at_bank'),
        ('paid', 'paid_account'), ('failed', 'returned'), ('returned', 'returned'), ('with_agent', 'cash_with_agent'),
        ('collected', 'paid_cash'), ('uncollected', 'returned'), ('refunded', 'refunded_budget'),
        ('cancelled', 'refunded_budget')) AS held (state, account) ON held.state = state.state),
booked AS (
    SELECT posting.origin_id AS id, side.account, sum(side.vnd) AS vnd
    FROM ledger_posting AS posting
    CROSS JOIN LATERAL (VALUES (posting.debit, posting.amount_vnd), (posting.credit, -posting.amount_vnd))
        AS side (account, vnd)
    WHERE posting.origin = 'instruction' AND posting.cause <> 'reissue'
    GROUP BY posting.origin_id, side.account
    HAVING sum(side.vnd) > 0)
SELECT told.id, told.account, booked.vnd FROM told
LEFT JOIN booked ON booked.id = told.id AND booked.account = told.account
WHERE booked.vnd IS DISTINCT FROM told.amount_vnd AND NOT EXISTS (
    SELECT 1 FROM disbursement_instruction AS made WHERE made.id = told.id AND made.attempt > 0)
