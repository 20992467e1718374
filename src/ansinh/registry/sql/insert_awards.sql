-- SPDX-License-Identifier: MPL-2.0
-- New awards of a list, with ids that were drawn before.
INSERT INTO registry_award (
    id, person_id, commune_id, family, code, facts, decision_number, decided_on, signer, signer_title,
    first_month, end_month, end_reason, suspend_reason, file_ref, merit_person, relation,
    voided, version, source_import_id, changed_at, changed_by_id)
SELECT
    t.id, t.person, %(commune)s, t.family, t.code, t.facts::jsonb, t.number, t.decided, t.signer, '',
    t.first_month, t.end_month, '', '', t.file_ref, t.merit_person, t.relation,
    false, 1, %(file)s, %(at)s, %(by)s
FROM unnest(
    %(ids)s::bigint[], %(people)s::bigint[], %(families)s::text[], %(codes)s::text[], %(facts)s::text[],
    %(numbers)s::text[], %(decided)s::date[], %(signers)s::text[], %(first_months)s::date[],
    %(end_months)s::date[], %(file_refs)s::text[], %(merit_people)s::text[], %(relations)s::text[]
) AS t (
    id, person, family, code, facts, number, decided, signer, first_month, end_month, file_ref, merit_person,
    relation)
