-- SPDX-License-Identifier: MPL-2.0
-- Days of a unit's paying accounts that do not open with what the day before, as stated, closed with.
SELECT account, day FROM (
    SELECT account, day, opening_vnd, lag(closing_vnd) OVER (PARTITION BY account ORDER BY day) AS before
    FROM reconciliation_accountday WHERE unit_id = %(unit)s) AS days
WHERE before IS NOT NULL AND before <> opening_vnd
ORDER BY account, day
