-- SPDX-License-Identifier: MPL-2.0
-- Changes that a list proposes; a record with one waiting keeps that one.
INSERT INTO registry_change (
    person_id, award_id, commune_id, kind, source, label, content_enc, reason, citation, base_version,
    state, made_by_id, made_at, answer, source_import_id)
SELECT
    t.person, t.award, %(commune)s, t.kind, 'list', t.label, t.content, %(reason)s, '',
    coalesce(a.version, p.version), 'proposed', %(by)s, %(at)s, '', %(file)s
FROM unnest(%(people)s::bigint[], %(awards)s::bigint[], %(kinds)s::text[], %(labels)s::text[], %(contents)s::bytea[])
    AS t (person, award, kind, label, content)
JOIN registry_person AS p ON p.id = t.person
LEFT JOIN registry_award AS a ON a.id = t.award
ON CONFLICT DO NOTHING
