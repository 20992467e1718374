-- SPDX-License-Identifier: MPL-2.0
-- Of each unit: people whose place in their commune's latest account round is settled, and all in those rounds.
SELECT c.root_id,
    count(*) FILTER (WHERE p.state IN ('handed_over', 'paid', 'refused', 'cash', 'gone')), count(*)
FROM places_answers_for(%(units)s::bigint[], %(on)s) AS c
JOIN LATERAL (
    SELECT r.id FROM payees_round r WHERE r.commune_id = c.unit_id ORDER BY r.id DESC LIMIT 1) AS latest ON true
JOIN payees_place p ON p.round_id = latest.id
GROUP BY c.root_id
