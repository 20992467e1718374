-- SPDX-License-Identifier: MPL-2.0
-- Changed accounts: within the cooling days before the cut-off, three and more by one officer in an hour,
-- more than three in a hundred of a commune's accounts (and at least five) in a month.
WITH change AS (
    SELECT a.id, a.commune_id, a.person_id, a.made_by_id, a.made_at,
        (coalesce(a.decided_at, a.made_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS done_on,
        date_trunc('month', a.made_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month
    FROM payees_account AS a
    WHERE a.state NOT IN ('refused', 'withdrawn') AND a.made_at >= %(since)s
        AND EXISTS (SELECT 1 FROM payees_account AS b WHERE b.person_id = a.person_id AND b.id < a.id
            AND coalesce(b.mandate_id, 0) = coalesce(a.mandate_id, 0) AND b.usable_from IS NOT NULL)
), near_cut_off AS (
    SELECT * FROM change
    WHERE extract(day FROM done_on) BETWEEN %(cut_off_day)s - %(cooling_days)s AND %(cut_off_day)s - 1
), hour AS (
    SELECT DISTINCT b.id, b.commune_id, b.person_id, b.made_by_id, b.month
    FROM change AS a
    JOIN LATERAL (
        SELECT count(*) AS many FROM change AS c
        WHERE c.made_by_id = a.made_by_id AND c.made_at >= a.made_at AND c.made_at < a.made_at + interval '1 hour'
    ) AS n ON n.many >= 3
    JOIN change AS b ON b.made_by_id = a.made_by_id AND b.made_at >= a.made_at
        AND b.made_at < a.made_at + interval '1 hour'
), wave AS (
    SELECT c.commune_id, c.month FROM change AS c
    GROUP BY c.commune_id, c.month
    HAVING count(*) >= 5 AND count(*) * 100 > 3 * (
        SELECT count(*) FROM payees_account AS a
        WHERE a.commune_id = c.commune_id AND a.state IN ('approved', 'active', 'suspended'))
)
SELECT 'near_cut_off:' || id AS key, commune_id, person_id, id AS account_id,
    jsonb_build_object('how', 'near_cut_off', 'day', extract(day FROM done_on)::int) AS facts
FROM near_cut_off
UNION ALL
SELECT 'one_officer:' || made_by_id || ':' || month, commune_id, person_id, id,
    jsonb_build_object('how', 'one_officer')
FROM hour
UNION ALL
SELECT 'wave:' || c.month, c.commune_id, c.person_id, c.id, jsonb_build_object('how', 'wave')
FROM change AS c JOIN wave AS w ON w.commune_id = c.commune_id AND w.month = c.month
