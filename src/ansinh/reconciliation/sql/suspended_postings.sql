-- SPDX-License-Identifier: MPL-2.0
-- Money that moved at the bank and has no place yet: lines in suspense that say paid or returned.
SELECT %(stream)s::text AS source, outcome.commune_id, %(period)s::date AS period, 'suspend' AS cause,
    'suspense' AS debit, 'clearing' AS credit, line.amount_vnd, NULL::bigint AS person_id, 'line' AS origin,
    line.id AS origin_id, 0::smallint AS origin_seq
FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
WHERE outcome.file_id = %(file)s AND outcome.outcome = 'suspense' AND line.fact IN ('paid', 'returned')
