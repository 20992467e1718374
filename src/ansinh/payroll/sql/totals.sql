-- SPDX-License-Identifier: MPL-2.0
-- People, lines and đồng of a payroll, as they are stored.
SELECT
    count(DISTINCT person_id) FILTER (WHERE hold = ''), count(*), count(*) FILTER (WHERE hold NOT IN ('', 'to_recover')),
    coalesce(sum(amount_vnd) FILTER (WHERE hold = ''), 0)::bigint,
    coalesce(sum(amount_vnd) FILTER (WHERE hold NOT IN ('', 'to_recover')), 0)::bigint,
    coalesce(sum(amount_vnd) FILTER (WHERE kind = 'recovery'), 0)::bigint,
    coalesce(sum(CASE WHEN kind = 'recovery' THEN deducted_vnd - amount_vnd ELSE deducted_vnd + amount_vnd END)
        FILTER (WHERE case_id IS NOT NULL AND kind <> 'carried_forward'), 0)::bigint,
    coalesce(min(id), 0), coalesce(max(id), 0)
FROM payroll_line WHERE payroll_id = %(payroll)s
