-- SPDX-License-Identifier: MPL-2.0
-- One checker approves nearly everything that one maker hands in, each time within a minute of opening it.
WITH given AS (
    SELECT s.maker_id, s.unit_id, count(DISTINCT s.id) AS many
    FROM approvals_submission AS s WHERE s.state = 'approved' AND s.submitted_at > %(since)s
    GROUP BY s.maker_id, s.unit_id
), quick AS (
    SELECT s.maker_id, s.unit_id, a.officer_id, count(DISTINCT s.id) AS many
    FROM approvals_submission AS s
    JOIN approvals_approval AS a ON a.submission_id = s.id
    JOIN approvals_opening AS o ON o.submission_id = s.id AND o.officer_id = a.officer_id
        AND a.at - o.at < make_interval(secs => %(seconds)s)
    WHERE s.state = 'approved' AND s.submitted_at > %(since)s
    GROUP BY s.maker_id, s.unit_id, a.officer_id
)
SELECT 'pair:' || q.maker_id || ':' || q.officer_id || ':' || to_char(%(on)s::date, 'YYYY-MM') AS key,
    q.unit_id AS commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('maker', m.full_name, 'checker', c.full_name, 'approved', q.many) AS facts
FROM quick AS q
JOIN given AS g ON g.maker_id = q.maker_id AND g.unit_id = q.unit_id
JOIN staff_officer AS m ON m.id = q.maker_id
JOIN staff_officer AS c ON c.id = q.officer_id
WHERE g.many >= %(least_batches)s AND q.many * 100 > g.many * %(pair_percent)s
