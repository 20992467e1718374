-- SPDX-License-Identifier: MPL-2.0
-- Why the payments of a person are held: what must be decided first, in the order in which an officer would look.
INSERT INTO payroll_stage_hold (run, person_id, commune_id, rank, reason, award_id)
SELECT %(payroll)s, h.person_id, h.commune_id, h.rank, h.reason, h.award_id FROM (
    SELECT m.person_id, m.commune_id, 1 AS rank, 'held_by_officer' AS reason, NULL::bigint AS award_id
    FROM payroll_hold m WHERE m.state = 'placed' AND m.stream IN ('', %(stream)s)
    UNION ALL
    SELECT s.person_id, s.commune_id, 2, 'population', NULL
    FROM (SELECT DISTINCT a.person_id FROM population_answer a WHERE a.result <> %(population_agrees)s) AS asked
    CROSS JOIN LATERAL (
        SELECT t.person_id, t.commune_id, t.blocks FROM population_standing t WHERE t.person_id = asked.person_id
    ) AS s
    WHERE s.blocks
    UNION ALL
    SELECT c.person_id, c.commune_id, 3, 'change_open', NULL FROM registry_change c
    WHERE c.state = 'proposed' AND c.kind IN ('stop', 'suspend', 'death', 'life', 'merge', 'split')
        AND (c.effective_month IS NULL OR c.effective_month <= %(last_paid)s::date)
    UNION ALL
    SELECT p.id, p.commune_id, 4, 'life_' || p.life, NULL FROM registry_person p
    WHERE p.life IN ('missing', 'detained', 'abroad')
    UNION ALL
    SELECT side.person_id, d.commune_id, 5, 'duplicate_open', NULL
    FROM registry_duplicatepair d CROSS JOIN LATERAL (VALUES (d.first_id), (d.second_id)) AS side (person_id)
    WHERE d.state = 'open' AND d.likeness = 'certain'
    UNION ALL
    SELECT l.person_id, l.commune_id, 6, 'uncollected', NULL
    FROM payroll_unpaid u
    JOIN payroll_line l ON l.payroll_id = u.payroll_id AND l.id = u.line_id
    JOIN payroll_claim k ON k.payroll_id = l.payroll_id AND k.line_id = l.id -- not carried on and paid since
        AND k.benefit_month = l.benefit_month AND k.person_id = l.person_id AND k.component = l.component
    JOIN payroll_payroll q ON q.id = l.payroll_id
    WHERE l.code = ANY(%(uncollected_codes)s::text[]) AND NOT EXISTS (
        SELECT 1 FROM payroll_hold m WHERE m.person_id = l.person_id AND m.state = 'released'
            AND m.stream IN ('', %(stream)s) AND m.released_at > coalesce(q.locked_at, q.calculated_at))
    GROUP BY l.person_id, l.commune_id
    HAVING count(DISTINCT l.benefit_month) >= %(uncollected_months)s
    UNION ALL -- a birthday or an event whose effect a person has to decide: that award waits, the others are paid
    SELECT c.person_id, c.commune_id, 7, 'review_open', c.award_id FROM registry_change c
    WHERE c.state = 'proposed' AND c.kind = 'review' AND c.award_id IS NOT NULL
        AND c.effective_month <= %(last_paid)s::date
) AS h
WHERE h.commune_id = ANY(%(communes)s::bigint[])
