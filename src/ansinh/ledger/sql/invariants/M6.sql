-- SPDX-License-Identifier: MPL-2.0
-- M6: a posting is reversed at most once, and never for more than it was.
SELECT was.id AS posting, count(*) AS reversals, sum(undone.amount_vnd) AS reversed_vnd
FROM ledger_posting AS was JOIN ledger_posting AS undone ON undone.reverses_id = was.id
GROUP BY was.id, was.amount_vnd HAVING count(*) > 1 OR sum(undone.amount_vnd) > was.amount_vnd
