-- SPDX-License-Identifier: MPL-2.0
-- New people of a list, with ids that were drawn before.
INSERT INTO registry_person (
    id, number_enc, number_bidx, number_last4, name, name_folded, sort_key,
    born_on, born_precision, sex, ethnicity, commune_id, hamlet,
    phone_enc, phone_bidx, phone_last4, channel, household, disadvantaged_area, pension_vnd, lives_alone,
    life, life_source, version, source_import_id, changed_at, changed_by_id)
SELECT
    t.id, t.number_enc, t.number_bidx, t.number_last4, t.name, t.folded, t.sort_key,
    t.born_on, t.born_precision, t.sex, t.ethnicity, %(commune)s, t.hamlet,
    t.phone_enc, t.phone_bidx, t.phone_last4, '', t.household, t.area, 0, false,
    'alive', '', 1, %(file)s, %(at)s, %(by)s
FROM unnest(
    %(ids)s::bigint[], %(number_enc)s::bytea[], %(number_bidx)s::bytea[], %(number_last4)s::text[],
    %(names)s::text[], %(folded)s::text[], %(sort_keys)s::text[],
    %(born_on)s::date[], %(born_precision)s::text[], %(sex)s::text[], %(ethnicity)s::text[], %(hamlet)s::text[],
    %(phone_enc)s::bytea[], %(phone_bidx)s::bytea[], %(phone_last4)s::text[],
    %(household)s::text[], %(area)s::bool[]
) AS t (
    id, number_enc, number_bidx, number_last4, name, folded, sort_key, born_on, born_precision,
    sex, ethnicity, hamlet, phone_enc, phone_bidx, phone_last4, household, area)
