-- SPDX-License-Identifier: MPL-2.0
-- Deaths reported together, each once; returns those that nobody had told before.
INSERT INTO registry_lifeevent (
    person_id, commune_id, kind, happened_on, reported_on, source, overpaid, recorded_at, recorded_by_id)
SELECT p.id, p.commune_id, 'death', t.died_on, %(reported_on)s, t.source, t.overpaid::jsonb, %(at)s, %(by)s
FROM unnest(%(people)s::bigint[], %(died_on)s::date[], %(sources)s::text[], %(overpaid)s::text[])
    AS t (person, died_on, source, overpaid)
JOIN registry_person AS p ON p.id = t.person AND p.merged_into_id IS NULL
ON CONFLICT DO NOTHING
RETURNING id, person_id, commune_id
