-- SPDX-License-Identifier: MPL-2.0
-- M9: a count says what lay there by the books (drawn, less paid, less brought back); never more is brought back than was missed.
SELECT 'count' AS what, counted.id, counted.expected_vnd AS said, (
        coalesce(books.vnd, 0) - coalesce(back.vnd, 0))::bigint AS booked
FROM disbursement_cashcount AS counted
LEFT JOIN LATERAL (
    SELECT sum(CASE WHEN posting.debit = 'cash_with_agent' THEN posting.amount_vnd
        WHEN posting.debit = 'paid_cash' THEN -posting.amount_vnd ELSE 0 END) AS vnd
    FROM ledger_posting AS posting
    WHERE posting.commune_id = counted.commune_id AND posting.cause IN ('hand_over', 'collect')
    AND posting.at <= counted.at) AS books ON true
LEFT JOIN LATERAL (
    SELECT sum(amount_vnd) AS vnd FROM disbursement_cashback AS brought
    WHERE brought.commune_id = counted.commune_id AND brought.at <= counted.at AND brought.day <= counted.day)
    AS back ON true
WHERE counted.expected_vnd <> coalesce(books.vnd, 0) - coalesce(back.vnd, 0)
OR counted.expected_vnd <> counted.counted_vnd AND counted.note = ''
UNION ALL
SELECT 'back', min(brought.id), sum(brought.amount_vnd)::bigint, coalesce(missed.vnd, 0)::bigint
FROM disbursement_cashback AS brought
LEFT JOIN LATERAL (
    SELECT sum(posting.amount_vnd) AS vnd FROM ledger_posting AS posting
    WHERE posting.commune_id = brought.commune_id AND posting.source = brought.source
    AND posting.period = brought.period AND posting.cause = 'miss') AS missed ON true
GROUP BY brought.commune_id, brought.source, brought.period, missed.vnd
HAVING sum(brought.amount_vnd) > coalesce(missed.vnd, 0)
