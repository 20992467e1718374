-- SPDX-License-Identifier: MPL-2.0
-- Cash receipts of one agent and day with nearly always the same number of seconds between them.
WITH gap AS (
    SELECT e.by, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, e.commune_id,
        round(extract(epoch FROM e.at - lag(e.at) OVER (
            PARTITION BY e.by, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, e.commune_id ORDER BY e.at, e.instruction_id)))::int
            AS seconds
    FROM disbursement_event AS e
    WHERE e.event = 'collect' AND e.cause = 'cash' AND e.by IS NOT NULL AND e.at > %(since)s
), counted AS (
    SELECT by, day, commune_id, count(*) + 1 AS receipts,
        max(many) AS same FROM (
            SELECT by, day, commune_id, seconds, count(*) OVER (PARTITION BY by, day, commune_id, seconds) AS many
            FROM gap WHERE seconds IS NOT NULL) AS each_gap
    GROUP BY by, day, commune_id
)
SELECT 'regular:' || c.by || ':' || c.day AS key, c.commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('officer', o.full_name, 'on', c.day, 'receipts', c.receipts) AS facts
FROM counted AS c JOIN staff_officer AS o ON o.id = c.by
WHERE c.receipts >= %(receipts)s AND c.same * 100 >= (c.receipts - 1) * %(same_percent)s
