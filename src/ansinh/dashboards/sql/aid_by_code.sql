-- SPDX-License-Identifier: MPL-2.0
-- People by row of a form in the month before a span and in its last month: who came, who left, how many are women.
WITH held AS (
    SELECT form.place, a.person_id,
        bool_or(a.first_month <= %(before)s AND (a.end_month IS NULL OR a.end_month >= %(before)s)) AS before,
        bool_or(a.first_month <= %(last)s AND (a.end_month IS NULL OR a.end_month >= %(last)s)) AS now
    FROM unnest(%(codes)s::text[], %(places)s::int[]) AS form (code, place)
    JOIN registry_award AS a ON a.code = form.code
    JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = a.commune_id
    WHERE NOT a.voided AND (a.decided_on IS NULL OR a.decided_on <= %(on)s)
    GROUP BY form.place, a.person_id
)
SELECT held.place, count(*) FILTER (WHERE held.before)::int,
    count(*) FILTER (WHERE held.now AND NOT held.before)::int,
    count(*) FILTER (WHERE held.before AND NOT held.now)::int,
    count(*) FILTER (WHERE held.now)::int,
    count(*) FILTER (WHERE held.now AND p.sex = 'female')::int
FROM held JOIN registry_person AS p ON p.id = held.person_id
WHERE held.before OR held.now
GROUP BY held.place
