-- SPDX-License-Identifier: MPL-2.0
-- Everybody whom locked payrolls of a month pay in a unit: name, hamlet, money by family; how much had arrived by a day.
WITH paid AS (
    SELECT part.payroll_id, part.line_id
    FROM disbursement_instruction AS i
    JOIN disbursement_part AS part ON part.instruction_id = i.id
    JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = i.commune_id
    JOIN LATERAL (
        SELECT past.state_to FROM disbursement_event AS past
        WHERE past.instruction_id = i.id AND (past.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s
        ORDER BY past.seq DESC LIMIT 1) AS latest ON latest.state_to IN ('paid', 'collected')
    WHERE i.period = %(month)s
)
SELECT l.person_id, l.person_name, l.hamlet, l.code, sum(l.amount_vnd)::bigint AS sum_vnd,
    coalesce(sum(l.amount_vnd) FILTER (WHERE paid.line_id IS NOT NULL), 0)::bigint AS paid_vnd
FROM payroll_line AS l
JOIN payroll_payroll AS y ON y.id = l.payroll_id AND y.period = %(month)s AND y.state IN ('locked', 'handed_over')
    AND (y.locked_at IS NULL OR (y.locked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(on)s)
JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = l.commune_id
LEFT JOIN paid ON paid.payroll_id = l.payroll_id AND paid.line_id = l.id
WHERE l.hold = '' AND l.kind <> 'recovery' AND (%(hamlet)s = '' OR l.hamlet = %(hamlet)s)
GROUP BY l.person_id, l.person_name, l.hamlet, l.code
ORDER BY l.hamlet, l.person_id, l.code
LIMIT %(most)s
