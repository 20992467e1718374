-- SPDX-License-Identifier: MPL-2.0
-- Scored pairs, each once; a pair that a person has decided stays decided.
INSERT INTO registry_duplicatepair (
    first_id, second_id, commune_id, likeness, weight, reasons, state, found_at, reason)
SELECT t.first, t.second, t.commune, t.likeness, t.weight, string_to_array(t.reasons, '|'), 'open', %(at)s, ''
FROM unnest(%(firsts)s::bigint[], %(seconds)s::bigint[], %(communes)s::bigint[], %(likenesses)s::text[],
    %(weights)s::int[], %(reasons)s::text[]) AS t (first, second, commune, likeness, weight, reasons)
ON CONFLICT (first_id, second_id) DO NOTHING
