-- SPDX-License-Identifier: MPL-2.0
-- Files that wait longer than they may: being sent, without an answer, not applied, held; and jobs that died.
SELECT 'stuck' AS kind, 'envelope' AS subject, id AS subject_id, unit_id, coalesce(sent_at, built_at) AS since, count,
    sum_vnd
FROM disbursement_envelope
WHERE state = 'dispatching' AND coalesce(sent_at, built_at) < %(quarter)s
OR state = 'uncertain' AND coalesce(sent_at, built_at) < %(day)s
UNION ALL
SELECT 'stuck', 'result_file', id, unit_id, received_at, count, sum_vnd FROM reconciliation_resultfile
WHERE state = 'received' AND received_at < %(quarter)s OR state = 'held' AND received_at < %(three_days)s
UNION ALL
SELECT 'job_stuck', 'job', job.id, NULL, coalesce(job.scheduled_at, moved.at, %(at)s::timestamptz), job.attempts, 0
FROM procrastinate_jobs AS job
LEFT JOIN LATERAL (
    SELECT max(event.at) AS at FROM procrastinate_events AS event WHERE event.job_id = job.id) AS moved ON true
WHERE job.status = 'failed' AND moved.at > %(week)s
OR job.status = 'doing' AND moved.at < %(hour)s
OR job.status = 'todo' AND coalesce(job.scheduled_at, moved.at) < %(hour)s
ORDER BY 1, 2, 3
