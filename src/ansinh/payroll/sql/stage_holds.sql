-- SPDX-License-Identifier: MPL-2.0
-- Why the payments of a person are held: what must be decided first, in the order in which an officer would look.
INSERT INTO payroll_stage_hold (run, person_id, commune_id, rank, reason)
SELECT %(payroll)s, h.person_id, h.commune_id, h.rank, h.reason FROM (
    SELECT m.person_id, m.commune_id, 1 AS rank, 'held_by_officer' AS reason
    FROM payroll_hold m WHERE m.state = 'placed' AND m.stream IN ('', %(stream)s)
    UNION ALL
    SELECT s.person_id, s.commune_id, 2, 'population' FROM population_standing s WHERE s.blocks
    UNION ALL
    SELECT c.person_id, c.commune_id, 3, 'change_open' FROM registry_change c
    WHERE c.state = 'proposed' AND c.kind IN ('stop', 'suspend', 'death', 'life', 'merge', 'split')
    UNION ALL
    SELECT p.id, p.commune_id, 4, 'life_' || p.life FROM registry_person p
    WHERE p.life IN ('missing', 'detained', 'abroad')
    UNION ALL
    SELECT side.person_id, d.commune_id, 5, 'duplicate_open'
    FROM registry_duplicatepair d CROSS JOIN LATERAL (VALUES (d.first_id), (d.second_id)) AS side (person_id)
    WHERE d.state = 'open' AND d.likeness = 'certain'
    UNION ALL
    SELECT l.person_id, l.commune_id, 6, 'uncollected'
    FROM payroll_unpaid u
    JOIN payroll_line l ON l.payroll_id = u.payroll_id AND l.id = u.line_id
    WHERE l.code = ANY(%(uncollected_codes)s::text[])
    GROUP BY l.person_id, l.commune_id
    HAVING count(DISTINCT l.benefit_month) >= %(uncollected_months)s
) AS h
WHERE h.commune_id = ANY(%(communes)s::bigint[])
