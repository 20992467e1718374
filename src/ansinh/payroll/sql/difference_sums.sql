-- SPDX-License-Identifier: MPL-2.0
-- The sums that must close: last month + increases - decreases = this month, in persons and đồng.
SELECT
    (SELECT count(DISTINCT person_id) FROM payroll_line
        WHERE payroll_id = ANY(%(previous)s::bigint[]) AND hold = '' AND commune_id = ANY(%(communes)s::bigint[])),
    (SELECT coalesce(sum(amount_vnd), 0)::bigint FROM payroll_line
        WHERE payroll_id = ANY(%(previous)s::bigint[]) AND hold = '' AND commune_id = ANY(%(communes)s::bigint[])),
    count(*) FILTER (WHERE kind = 'joined'), count(*) FILTER (WHERE kind = 'left'),
    coalesce(sum(after_vnd - before_vnd) FILTER (
        WHERE kind IN ('joined', 'left', 'amount') AND after_vnd > before_vnd), 0)::bigint,
    coalesce(sum(before_vnd - after_vnd) FILTER (
        WHERE kind IN ('joined', 'left', 'amount') AND before_vnd > after_vnd), 0)::bigint,
    (SELECT count(DISTINCT person_id) FROM payroll_line WHERE payroll_id = %(payroll)s AND hold = ''),
    (SELECT coalesce(sum(amount_vnd), 0)::bigint FROM payroll_line WHERE payroll_id = %(payroll)s AND hold = ''),
    count(*) FILTER (WHERE reason = '')
FROM payroll_difference WHERE payroll_id = %(payroll)s
