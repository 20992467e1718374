-- SPDX-License-Identifier: MPL-2.0
-- E8: last month + increases - decreases = this month, in persons and in đồng, and a submitted payroll explains each difference.
WITH now AS (
    SELECT payroll_id, count(DISTINCT person_id) AS people, sum(amount_vnd) AS vnd FROM payroll_line
    WHERE hold = '' GROUP BY payroll_id
), moved AS (
    SELECT payroll_id, count(*) FILTER (WHERE kind = 'joined') - count(*) FILTER (WHERE kind = 'left') AS people,
        coalesce(sum(after_vnd - before_vnd) FILTER (WHERE kind IN ('joined', 'left', 'amount')), 0) AS vnd,
        count(*) FILTER (WHERE reason = '') AS unexplained
    FROM payroll_difference GROUP BY payroll_id
), before AS (
    SELECT q.id AS payroll_id, count(DISTINCT l.person_id) AS people, coalesce(sum(l.amount_vnd), 0) AS vnd
    FROM payroll_payroll q
    JOIN payroll_payroll o ON o.id = q.previous_id
    JOIN payroll_payroll r ON r.stream = o.stream AND r.period = o.period AND r.state IN ('locked', 'handed_over')
        AND r.communes && q.communes AND r.locked_at < q.calculated_at
    JOIN payroll_line l ON l.payroll_id = r.id AND l.hold = '' AND l.commune_id = ANY (q.communes)
    GROUP BY q.id
)
SELECT q.id AS payroll_id, b.people AS people_before, m.people AS moved, n.people AS people_now,
    b.vnd AS vnd_before, m.vnd AS vnd_moved, n.vnd AS vnd_now, m.unexplained
FROM payroll_payroll q
LEFT JOIN before b ON b.payroll_id = q.id
LEFT JOIN moved m ON m.payroll_id = q.id
LEFT JOIN now n ON n.payroll_id = q.id
WHERE q.previous_id IS NOT NULL AND q.state <> 'cancelled' AND (
    coalesce(b.people, 0) + coalesce(m.people, 0) <> coalesce(n.people, 0)
    OR coalesce(b.vnd, 0) + coalesce(m.vnd, 0) <> coalesce(n.vnd, 0)
    OR q.state IN ('submitted', 'approved', 'locked', 'handed_over') AND coalesce(m.unexplained, 0) > 0)
