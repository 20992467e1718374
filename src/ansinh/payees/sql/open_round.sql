-- SPDX-License-Identifier: MPL-2.0
-- Everybody with an award in the commune in the month that is asked about, as a place in the round.
INSERT INTO payees_place (
    round_id, person_id, commune_id, hamlet, sort_key, state, version, difference, helper, obstacles, note,
    changed_at, changed_by_id)
SELECT %(round)s, p.id, p.commune_id, p.hamlet, p.sort_key, 'listed', 1, '', '', '{}', '', %(at)s, %(by)s
FROM payees_grouped AS g JOIN registry_person AS p ON p.id = g.person_id
WHERE g.commune_id = ANY (%(communes)s)
