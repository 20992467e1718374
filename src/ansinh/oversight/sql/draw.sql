-- SPDX-License-Identifier: MPL-2.0
-- Draws the lowest tickets of each commune of a locked payroll: 1 in a hundred lines, five at least.
WITH ticket AS (
    SELECT l.id, l.commune_id, l.person_id, l.amount_vnd,
        row_number() OVER (PARTITION BY l.commune_id ORDER BY encode(sha256(convert_to(
            concat_ws(E'\n', %(seed)s::text, %(content)s::text, l.id::text), 'UTF8')), 'hex')) AS place,
        count(*) OVER (PARTITION BY l.commune_id) AS of_lines
    FROM payroll_line AS l
    WHERE l.payroll_id = %(payroll)s AND l.hold = '' AND l.kind <> 'recovery'
)
INSERT INTO oversight_visit (
    draw_id, line_id, commune_id, person_id, place, of_lines, amount_vnd, state, finding, note, tries)
SELECT %(draw)s, id, commune_id, person_id, place, of_lines, amount_vnd, 'drawn', '', '', 0
FROM ticket
WHERE place <= least(of_lines, greatest(%(least)s, ceil(of_lines::numeric / %(one_in)s)))
