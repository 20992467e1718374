-- SPDX-License-Identifier: MPL-2.0
-- Accounts that passed every check may be paid from their first month on, each with its event.
WITH asked AS (
    SELECT t.id, t.replaces FROM unnest(%(ids)s::bigint[], %(replaces)s::bigint[]) AS t (id, replaces)
), moved AS (
    UPDATE payees_account AS a
    SET state = %(target)s, version = a.version + 1, decided_at = %(at)s, decided_by_id = %(by)s,
        replaces_id = asked.replaces,
        usable_from = CASE WHEN asked.replaces IS NULL THEN %(first)s ELSE %(changed)s END
    FROM asked WHERE a.id = asked.id AND a.state = %(source)s
    RETURNING a.id, a.commune_id, a.usable_from, a.replaces_id
)
INSERT INTO payees_accountevent (account_id, commune_id, event, from_state, to_state, details, at, by_id)
SELECT id, commune_id, 'approve', %(source)s, %(target)s,
    jsonb_build_object('usable_from', usable_from, 'replaces', replaces_id), %(at)s, %(by)s
FROM moved
RETURNING account_id, commune_id
