-- SPDX-License-Identifier: MPL-2.0
-- M5: what is approved and not refunded in a year stays within the year's budgets of its source, and a commune's within its own.
WITH used AS (
    SELECT source, commune_id, extract(year FROM period)::int AS year, sum(approved - refunded_budget) AS vnd
    FROM ledger_conservation GROUP BY 1, 2, 3),
given AS (SELECT source, commune_id, year, sum(amount_vnd) AS vnd FROM ledger_budget GROUP BY 1, 2, 3)
SELECT used.source, used.year, used.commune_id, used.vnd AS approved_vnd, given.vnd AS budget_vnd
FROM used JOIN given USING (source, commune_id, year) WHERE used.vnd > given.vnd
UNION ALL
SELECT whole.source, whole.year, NULL, whole.vnd, coalesce(budgets.vnd, 0)
FROM (SELECT source, year, sum(vnd) AS vnd FROM used GROUP BY 1, 2) AS whole
LEFT JOIN (SELECT source, year, sum(vnd) AS vnd FROM given GROUP BY 1, 2) AS budgets USING (source, year)
WHERE whole.vnd > coalesce(budgets.vnd, 0)
