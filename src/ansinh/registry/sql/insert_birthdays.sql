-- SPDX-License-Identifier: MPL-2.0
-- What birthdays change, as proposals of the system; what was raised for the same award and month
-- before stays as it was decided, and a change of one kind that waits keeps its place.
INSERT INTO registry_change (
    person_id, award_id, commune_id, kind, source, label, content_enc, effective_month, reason, citation,
    base_version, state, made_at, answer)
SELECT t.person, t.award, t.commune, t.kind, 'birthday', t.label, t.content, t.month, t.reason, t.citation,
    t.version, 'proposed', %(at)s, ''
FROM unnest(
    %(people)s::bigint[], %(awards)s::bigint[], %(communes)s::bigint[], %(kinds)s::text[], %(labels)s::text[],
    %(contents)s::bytea[], %(months)s::date[], %(reasons)s::text[], %(citations)s::text[], %(versions)s::int[]
) AS t (person, award, commune, kind, label, content, month, reason, citation, version)
WHERE NOT EXISTS (
    SELECT 1 FROM registry_change AS c
    WHERE c.award_id = t.award AND c.source = 'birthday' AND c.effective_month = t.month)
ON CONFLICT DO NOTHING
