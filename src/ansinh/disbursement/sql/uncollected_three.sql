-- SPDX-License-Identifier: MPL-2.0
-- People of social assistance who did not collect cash in their latest three months, running on, with the awards.
WITH month AS (
    SELECT instruction.person_id, instruction.period,
        bool_or(event.event = 'miss') AS missed, bool_or(event.event IN ('collect', 'confirm')) AS got,
        array_agg(DISTINCT instruction.id) AS instructions
    FROM disbursement_instruction AS instruction
    JOIN disbursement_event AS event ON event.instruction_id = instruction.id
    WHERE instruction.stream = 'assistance' AND instruction.period >= %(from)s
    AND event.event IN ('miss', 'collect', 'confirm')
    GROUP BY instruction.person_id, instruction.period),
latest AS (
    SELECT month.*, row_number() OVER (PARTITION BY person_id ORDER BY period DESC) AS place FROM month),
three AS (
    SELECT person_id, min(period) AS first, max(period) AS last
    FROM latest WHERE place <= 3 GROUP BY person_id
    HAVING count(*) = 3 AND bool_and(missed AND NOT got) AND max(period) = min(period) + interval '2 months')
SELECT three.person_id, three.first, three.last, array_agg(DISTINCT line.award_id) AS awards
FROM three
JOIN latest ON latest.person_id = three.person_id AND latest.place = 1
JOIN disbursement_part AS part ON part.instruction_id = ANY (latest.instructions)
JOIN payroll_line AS line ON line.payroll_id = part.payroll_id AND line.id = part.line_id
WHERE line.award_id IS NOT NULL
GROUP BY three.person_id, three.first, three.last
ORDER BY three.person_id
