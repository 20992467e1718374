-- SPDX-License-Identifier: MPL-2.0
-- Approvals late in the evening or at night.
SELECT 'hours:' || a.officer_id || ':' || (a.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS key,
    s.unit_id AS commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('officer', o.full_name, 'on', (a.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
        'approvals', count(*)) AS facts
FROM approvals_approval AS a
JOIN approvals_submission AS s ON s.id = a.submission_id
JOIN staff_officer AS o ON o.id = a.officer_id
WHERE a.at > %(since)s
    AND (extract(hour FROM a.at AT TIME ZONE 'Asia/Ho_Chi_Minh') >= %(late_hour)s
        OR extract(hour FROM a.at AT TIME ZONE 'Asia/Ho_Chi_Minh') < %(early_hour)s)
GROUP BY a.officer_id, s.unit_id, o.full_name, (a.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
