-- SPDX-License-Identifier: MPL-2.0
-- Many places along one edge, each with its event; whoever is no longer in the first state stays.
WITH asked AS (
    SELECT t.id, t.difference FROM unnest(%(ids)s::bigint[], %(differences)s::text[]) AS t (id, difference)
), moved AS (
    UPDATE payees_place AS p
    SET state = %(target)s, version = p.version + 1, difference = asked.difference,
        switch_month = coalesce(%(switch_month)s, p.switch_month), changed_at = %(at)s, changed_by_id = %(by)s
    FROM asked WHERE p.id = asked.id AND p.state = %(source)s
    RETURNING p.id, p.commune_id, p.version, p.difference
)
INSERT INTO payees_placeevent (place_id, commune_id, version, event, from_state, to_state, details, at, by_id)
SELECT id, commune_id, version, %(event)s, %(source)s, %(target)s,
    CASE WHEN difference = '' THEN '{}'::jsonb ELSE jsonb_build_object('difference', difference) END,
    %(at)s, %(by)s
FROM moved
