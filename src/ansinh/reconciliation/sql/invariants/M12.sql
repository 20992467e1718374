-- SPDX-License-Identifier: MPL-2.0
-- M12: what hangs in suspense is what the open cases say that it is.
SELECT coalesce(booked.commune_id, told.commune_id) AS commune, booked.vnd AS booked_vnd, told.vnd AS told_vnd
FROM (SELECT commune_id, sum(balance_vnd) AS vnd FROM ledger_balance WHERE account = 'suspense' GROUP BY 1) AS booked
FULL JOIN (
    SELECT commune_id, sum(posted_vnd) AS vnd FROM reconciliation_case WHERE state <> 'settled' GROUP BY 1) AS told
    ON told.commune_id = booked.commune_id
WHERE coalesce(booked.vnd, 0) <> coalesce(told.vnd, 0)
