-- SPDX-License-Identifier: MPL-2.0
-- What each commune was given for a budget year of one source, and what is approved of it and not refunded.
SELECT commune_id, coalesce(sum(budget), 0)::bigint AS budget, coalesce(sum(used), 0)::bigint AS used
FROM (
    SELECT commune_id, amount_vnd AS budget, NULL::bigint AS used FROM ledger_budget
    WHERE source = %(source)s AND year = %(year)s AND commune_id = ANY (%(communes)s)
    UNION ALL
    SELECT commune_id, NULL, approved - refunded_budget FROM ledger_conservation
    WHERE source = %(source)s AND commune_id = ANY (%(communes)s)
        AND period BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)) AS both_sides
GROUP BY commune_id
