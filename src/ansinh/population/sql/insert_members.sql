-- SPDX-License-Identifier: MPL-2.0
-- The people of a round with their references, in the order of the list.
INSERT INTO population_member (round_id, commune_id, person_id, reference, position, version)
SELECT %(round)s, %(commune)s, t.person, t.reference, t.position, t.version
FROM unnest(%(people)s::bigint[], %(references)s::text[], %(positions)s::int[], %(versions)s::int[])
    AS t (person, reference, position, version)
