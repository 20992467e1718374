-- SPDX-License-Identifier: MPL-2.0
-- The advance for cash of each commune, source and month: drawn, paid, not collected, brought back, still with who pays.
WITH booked AS (
    SELECT source, commune_id, period,
        coalesce(sum(CASE WHEN debit = 'cash_with_agent' THEN amount_vnd ELSE 0 END), 0) AS drawn,
        coalesce(sum(CASE WHEN debit = 'paid_cash' THEN amount_vnd WHEN credit = 'paid_cash' THEN -amount_vnd
            ELSE 0 END), 0) AS paid,
        coalesce(sum(CASE WHEN credit = 'cash_with_agent' AND debit = 'returned' THEN amount_vnd ELSE 0 END), 0) AS unpaid
    FROM ledger_posting
    WHERE commune_id = ANY (%(units)s) AND cause IN ('hand_over', 'collect', 'miss')
    AND (%(period)s::date IS NULL OR period = %(period)s)
    GROUP BY source, commune_id, period),
back AS (
    SELECT source, commune_id, period, sum(amount_vnd) AS back FROM disbursement_cashback
    WHERE commune_id = ANY (%(units)s) GROUP BY source, commune_id, period)
SELECT booked.source, booked.commune_id, booked.period, booked.drawn::bigint, booked.paid::bigint, booked.unpaid::bigint,
    coalesce(back.back, 0)::bigint AS back, (booked.unpaid - coalesce(back.back, 0))::bigint AS owed,
    (booked.drawn - booked.paid - booked.unpaid)::bigint AS still
FROM booked LEFT JOIN back USING (source, commune_id, period)
ORDER BY booked.period DESC, booked.commune_id, booked.source
