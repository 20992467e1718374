-- SPDX-License-Identifier: MPL-2.0
-- Figures of the house for a collector: (name, what it says, label or NULL, value). Counts and ages only.
SELECT 'jobs', 'jobs of the queue by state', status::text, count(*)::numeric
FROM procrastinate_jobs GROUP BY status
UNION ALL
SELECT 'job_waiting_seconds', 'how long the oldest job that may begin has waited, by queue', queue_name,
    extract(epoch FROM %(now)s - min(at))
FROM (
    SELECT j.queue_name, coalesce(j.scheduled_at, e.at) AS at
    FROM procrastinate_jobs AS j
    JOIN procrastinate_events AS e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status = 'todo'
) AS waiting
WHERE at <= %(now)s GROUP BY queue_name
UNION ALL
SELECT 'unsealed_seconds', 'age of the oldest event that the audit log has not sealed', NULL,
    coalesce(extract(epoch FROM %(now)s - min(at)), 0)
FROM audit_event WHERE id > (SELECT coalesce(max(event_id), 0) FROM audit_seal)
UNION ALL
SELECT 'backup_seconds', 'age of the newest backup; absent when none was made', NULL,
    extract(epoch FROM %(now)s - max(at))
FROM audit_event WHERE act = 'house.backup' HAVING count(*) > 0
UNION ALL
SELECT 'payment_cases', 'result lines on the exception desk that nobody has settled', NULL, count(*)
FROM reconciliation_case WHERE state <> 'settled'
UNION ALL
SELECT 'payment_case_seconds', 'age of the oldest of them', NULL,
    coalesce(extract(epoch FROM %(now)s - min(opened_at)), 0)
FROM reconciliation_case WHERE state <> 'settled'
UNION ALL
SELECT 'envelopes', 'payment files by state', state, count(*) FROM disbursement_envelope GROUP BY state
UNION ALL
SELECT 'payrolls', 'payrolls by state', state, count(*) FROM payroll_payroll GROUP BY state
UNION ALL
SELECT 'database_bytes', 'size of the database', NULL, pg_database_size(current_database())
