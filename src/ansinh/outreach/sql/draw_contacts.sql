-- SPDX-License-Identifier: MPL-2.0
-- Adds the people of a campaign's groups who are not in it yet, numbered by hamlet and name.
INSERT INTO outreach_contact (
    campaign_id, person_id, commune_id, hamlet, reference, group_at_start, step, step_on, outcome, absences,
    visits, version)
SELECT %(campaign)s, n.person_id, n.commune_id, n.hamlet,
    'V' || %(campaign)s || '-' || lpad((n.place + n.taken)::text, 4, '0'),
    n.grp, 'visit', %(first_visit)s, '', 0, 0, 1
FROM (
    SELECT g.person_id, g.commune_id, p.hamlet, g.grp,
        row_number() OVER (ORDER BY p.hamlet, p.sort_key, p.id) AS place,
        (SELECT count(*) FROM outreach_contact AS c WHERE c.campaign_id = %(campaign)s) AS taken
    FROM payees_grouped AS g JOIN registry_person AS p ON p.id = g.person_id
    WHERE g.commune_id = ANY (%(communes)s) AND g.grp = ANY (%(groups)s)
        AND NOT EXISTS (
            SELECT 1 FROM outreach_contact AS c
            WHERE c.campaign_id = %(campaign)s AND c.person_id = g.person_id)
) AS n
