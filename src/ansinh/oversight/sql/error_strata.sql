-- SPDX-License-Identifier: MPL-2.0
-- Each commune's lines, visits and wrong findings of a month's samples.
SELECT sum(lines)::int, sum(visited)::int, sum(wrong)::int
FROM (
    SELECT v.draw_id, v.commune_id, max(v.of_lines) AS lines,
        count(*) FILTER (WHERE v.state = 'visited') AS visited,
        count(*) FILTER (WHERE v.state = 'visited' AND v.finding <> 'right') AS wrong
    FROM oversight_visit AS v
    JOIN oversight_draw AS d ON d.id = v.draw_id
    JOIN oversight_seed AS s ON s.id = d.seed_id AND s.period = %(month)s
    WHERE v.commune_id = ANY (%(communes)s)
    GROUP BY v.draw_id, v.commune_id
) AS part
GROUP BY commune_id, draw_id
