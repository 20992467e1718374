-- SPDX-License-Identifier: MPL-2.0
-- What events propose, each change beside its event; a record with one of its kind waiting keeps that one.
INSERT INTO registry_change (
    person_id, award_id, commune_id, kind, source, label, content_enc, effective_month, reason, citation,
    event_id, base_version, state, made_by_id, made_at, answer)
SELECT
    e.person_id, t.award, e.commune_id, t.kind, 'event', t.label, t.content, t.month, t.reason, t.citation,
    e.id, coalesce(a.version, p.version), 'proposed', %(by)s, %(at)s, ''
FROM unnest(%(events)s::bigint[], %(awards)s::bigint[], %(kinds)s::text[], %(labels)s::text[],
    %(contents)s::bytea[], %(months)s::date[], %(reasons)s::text[], %(citations)s::text[])
    AS t (event, award, kind, label, content, month, reason, citation)
JOIN registry_lifeevent AS e ON e.id = t.event
JOIN registry_person AS p ON p.id = e.person_id
LEFT JOIN registry_award AS a ON a.id = t.award
ON CONFLICT DO NOTHING
RETURNING id, person_id, commune_id, kind
