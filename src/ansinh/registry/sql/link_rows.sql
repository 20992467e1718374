-- SPDX-License-Identifier: MPL-2.0
-- Which person and award each imported row became.
UPDATE registry_importrow AS r SET person_id = t.person, award_id = t.award
FROM unnest(%(rows)s::int[], %(people)s::bigint[], %(awards)s::bigint[]) AS t (row, person, award)
WHERE r.file_id = %(file)s AND r.row = t.row
