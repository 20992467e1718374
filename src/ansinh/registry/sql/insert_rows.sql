-- SPDX-License-Identifier: MPL-2.0
-- The rows of a list with their outcomes, sealed.
INSERT INTO registry_importrow (
    file_id, commune_id, row, outcome, codes, warnings, change, person_id, award_id, sealed)
SELECT
    %(file)s, %(commune)s, t.row, t.outcome, string_to_array(t.codes, '|'), string_to_array(t.warnings, '|'),
    t.change, t.person, t.award, t.sealed
FROM unnest(
    %(rows)s::int[], %(outcomes)s::text[], %(codes)s::text[], %(warnings)s::text[], %(changes)s::text[],
    %(people)s::bigint[], %(awards)s::bigint[], %(sealed)s::bytea[]
) AS t (row, outcome, codes, warnings, change, person, award, sealed)
