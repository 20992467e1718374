-- SPDX-License-Identifier: MPL-2.0
-- M5: what is approved and not refunded in a year stays within the year's budget of the commune and source.
WITH used AS (
    SELECT source, commune_id, extract(year FROM period)::int AS year, sum(approved - refunded_budget) AS vnd
    FROM ledger_conservation GROUP BY 1, 2, 3),
given AS (SELECT source, commune_id, year, sum(amount_vnd) AS vnd FROM ledger_budget GROUP BY 1, 2, 3)
SELECT used.source, used.commune_id, used.year, used.vnd AS approved_vnd, coalesce(given.vnd, 0) AS budget_vnd
FROM used LEFT JOIN given USING (source, commune_id, year)
WHERE used.vnd > coalesce(given.vnd, 0)
