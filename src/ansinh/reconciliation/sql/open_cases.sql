-- SPDX-License-Identifier: MPL-2.0
-- A case at the exception desk for every line of a file that is in suspense, cannot be read, or contradicts an earlier one.
INSERT INTO reconciliation_case (
    line_id, digest, unit_id, commune_id, stream, instruction_id, kind, amount_vnd, posted_vnd, state, remedy, evidence,
    opened_at)
SELECT line.id, line.digest, %(unit)s, outcome.commune_id, %(stream)s, outcome.instruction_id,
    CASE WHEN outcome.outcome = 'malformed' THEN 'malformed' WHEN outcome.event = 'dispute' THEN 'contradiction'
        ELSE outcome.reason END, line.amount_vnd,
    CASE WHEN outcome.outcome = 'suspense' AND line.fact IN ('paid', 'returned') THEN line.amount_vnd ELSE 0 END,
    'open', '', '', %(at)s
FROM reconciliation_outcome AS outcome
JOIN reconciliation_line AS line ON line.id = outcome.line_id
WHERE outcome.file_id = %(file)s AND (outcome.outcome IN ('suspense', 'malformed') OR outcome.event = 'dispute')
AND line.fault <> 'pending'
ORDER BY line.id
ON CONFLICT (digest) DO NOTHING
