-- SPDX-License-Identifier: MPL-2.0
-- Many accounts along one edge, each with its event; whoever is no longer in the first state stays.
WITH asked AS (
    SELECT t.id, t.holder_name, t.name_match, t.fault, t.owner, t.next_action
    FROM unnest(%(ids)s::bigint[], %(holder_names)s::text[], %(matches)s::text[], %(faults)s::text[],
        %(owners)s::text[], %(actions)s::text[]) AS t (id, holder_name, name_match, fault, owner, next_action)
), moved AS (
    UPDATE payees_account AS a
    SET state = %(target)s, version = a.version + 1,
        holder_name = coalesce(nullif(asked.holder_name, ''), a.holder_name),
        name_match = coalesce(nullif(asked.name_match, ''), a.name_match),
        fault = asked.fault, fault_owner = asked.owner, next_action = asked.next_action, fault_note = ''
    FROM asked WHERE a.id = asked.id AND a.state = %(source)s
    RETURNING a.id, a.commune_id, asked.name_match, asked.fault
)
INSERT INTO payees_accountevent (account_id, commune_id, event, from_state, to_state, details, at, by_id)
SELECT id, commune_id, %(event)s, %(source)s, %(target)s,
    jsonb_strip_nulls(jsonb_build_object('match', nullif(name_match, ''), 'fault', nullif(fault, ''),
        'from', nullif(%(from)s, ''))), %(at)s, %(by)s
FROM moved
