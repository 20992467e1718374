-- SPDX-License-Identifier: MPL-2.0
-- What a payroll pays and holds in each commune.
INSERT INTO payroll_communetotal (payroll_id, commune_id, people, lines, held, total_vnd, held_vnd)
SELECT
    payroll_id, commune_id, count(DISTINCT person_id) FILTER (WHERE hold = ''), count(*) FILTER (WHERE hold = ''),
    count(*) FILTER (WHERE hold NOT IN ('', 'to_recover')), coalesce(sum(amount_vnd) FILTER (WHERE hold = ''), 0),
    coalesce(sum(amount_vnd) FILTER (WHERE hold NOT IN ('', 'to_recover')), 0)
FROM payroll_line WHERE payroll_id = %(payroll)s
GROUP BY payroll_id, commune_id
