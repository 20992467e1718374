-- SPDX-License-Identifier: MPL-2.0
-- Changes of people's own data that wait for a second person; who has one waiting keeps that one.
INSERT INTO registry_change (
    person_id, commune_id, kind, source, label, content_enc, reason, citation, base_version, state, made_by_id,
    made_at, answer)
SELECT
    p.id, p.commune_id, 'person', %(source)s, t.label, t.content, t.reason, '', p.version, 'proposed', %(by)s,
    %(at)s, ''
FROM unnest(%(people)s::bigint[], %(labels)s::text[], %(reasons)s::text[], %(contents)s::bytea[])
    AS t (person, label, reason, content)
JOIN registry_person AS p ON p.id = t.person
ON CONFLICT DO NOTHING
RETURNING id, person_id, commune_id
