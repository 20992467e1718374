-- SPDX-License-Identifier: MPL-2.0
-- Cash of communes day by day: handed over to who pays, paid out, brought back, and what must lie there in the evening.
WITH moved AS (
    SELECT posting.commune_id, (posting.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
        CASE WHEN posting.debit = 'cash_with_agent' THEN posting.amount_vnd ELSE 0 END
            - CASE WHEN posting.credit = 'cash_with_agent' AND posting.debit = 'waiting' THEN posting.amount_vnd
                ELSE 0 END AS drawn,
        CASE WHEN posting.debit = 'paid_cash' THEN posting.amount_vnd WHEN posting.credit = 'paid_cash'
            THEN -posting.amount_vnd ELSE 0 END AS paid,
        0::bigint AS back
    FROM ledger_posting AS posting
    WHERE posting.commune_id = ANY (%(units)s) AND posting.cause IN ('hand_over', 'collect')
    UNION ALL
    SELECT commune_id, day, 0, 0, amount_vnd FROM disbursement_cashback WHERE commune_id = ANY (%(units)s)),
days AS (
    SELECT commune_id, day, sum(drawn)::bigint AS drawn, sum(paid)::bigint AS paid, sum(back)::bigint AS back
    FROM moved GROUP BY commune_id, day),
running AS (
    SELECT commune_id, day, drawn, paid, back,
        sum(drawn - paid - back) OVER (PARTITION BY commune_id ORDER BY day)::bigint AS evening
    FROM days)
SELECT running.*, counted.counted_vnd, counted.note
FROM running
LEFT JOIN LATERAL (
    SELECT count.counted_vnd, count.note FROM disbursement_cashcount AS count
    WHERE count.commune_id = running.commune_id AND count.day = running.day ORDER BY count.id DESC LIMIT 1)
    AS counted ON true
WHERE running.day <= %(on)s
ORDER BY running.day DESC, running.commune_id
LIMIT %(limit)s
