-- SPDX-License-Identifier: MPL-2.0
-- What becomes of every line of a file, decided as a set: matched by id (else by the only account and amount), each fact
-- of an instruction once, all facts of an instruction together by the table of `rules.results`.
INSERT INTO reconciliation_outcome (line_id, file_id, commune_id, instruction_id, fact, outcome, reason, event)
WITH line AS (
    SELECT raw.*, row_number() OVER (PARTITION BY raw.digest ORDER BY raw.id) AS copy
    FROM reconciliation_line AS raw
    WHERE raw.file_id = %(file)s AND NOT EXISTS (
        SELECT 1 FROM reconciliation_outcome AS done WHERE done.line_id = raw.id)),
matched AS (
    SELECT line.*, coalesce(named.id, only_one.id) AS instruction_id
    FROM line
    LEFT JOIN disbursement_instruction AS named
        ON named.end_to_end_id = line.end_to_end_id AND line.end_to_end_id <> ''
    LEFT JOIN LATERAL (
        SELECT min(candidate.id) AS id FROM disbursement_instruction AS candidate
        JOIN disbursement_state AS state ON state.instruction_id = candidate.id
        WHERE line.end_to_end_id = '' AND line.account_bidx IS NOT NULL
        AND candidate.account_bidx = line.account_bidx AND candidate.amount_vnd = line.amount_vnd
        AND state.state IN ('sent', 'unknown', 'paid', 'failed') HAVING count(*) = 1) AS only_one ON true),
checked AS (
    SELECT matched.id, matched.fact, matched.instruction_id, matched.digest, matched.copy, owed.commune_id,
        CASE WHEN matched.fault <> '' THEN 'malformed'
            WHEN matched.instruction_id IS NULL THEN 'unknown_id'
            WHEN matched.amount_vnd <> owed.amount_vnd THEN 'amount_differs'
            WHEN matched.account_bidx IS NOT NULL AND owed.account_bidx <> matched.account_bidx THEN 'account_differs'
            WHEN matched.id = ANY (%(strangers)s::bigint[]) THEN 'holder_differs'
            WHEN matched.value_date > %(latest)s::date THEN 'future_date'
            ELSE '' END AS wrong,
        matched.fault
    FROM matched LEFT JOIN disbursement_instruction AS owed ON owed.id = matched.instruction_id),
fitting AS (
    SELECT checked.*, row_number() OVER (PARTITION BY instruction_id, fact ORDER BY id) AS place,
        EXISTS (
            SELECT 1 FROM reconciliation_outcome AS earlier
            WHERE earlier.instruction_id = checked.instruction_id AND earlier.fact = checked.fact
            AND earlier.outcome = 'applied') AS known
    FROM checked WHERE wrong = ''),
fresh AS (SELECT * FROM fitting WHERE place = 1 AND NOT known),
folded AS (
    SELECT fresh.instruction_id, min(fresh.id) AS deciding,
        bool_or(fresh.fact = 'paid') OR coalesce(bool_or(past.paid), false) AS paid,
        bool_or(fresh.fact = 'failed') OR coalesce(bool_or(past.failed), false) AS failed,
        bool_or(fresh.fact = 'returned') OR coalesce(bool_or(past.returned), false) AS returned
    FROM fresh
    LEFT JOIN LATERAL (
        SELECT bool_or(earlier.fact = 'paid') AS paid, bool_or(earlier.fact = 'failed') AS failed,
            bool_or(earlier.fact = 'returned') AS returned
        FROM reconciliation_outcome AS earlier
        WHERE earlier.instruction_id = fresh.instruction_id AND earlier.outcome = 'applied') AS past ON true
    GROUP BY fresh.instruction_id),
decided AS (
    SELECT folded.instruction_id, folded.deciding, decision.event, decision.suspense
    FROM folded
    JOIN disbursement_state AS state ON state.instruction_id = folded.instruction_id
    JOIN (VALUES {decisions}) AS decision (state, paid, failed, returned, event, suspense)
        ON decision.state = state.state AND decision.paid = folded.paid AND decision.failed = folded.failed
        AND decision.returned = folded.returned)
SELECT checked.id, %(file)s, coalesce(checked.commune_id, %(unit)s), checked.instruction_id, checked.fact,
    CASE
        WHEN checked.wrong <> '' AND (checked.copy > 1 OR EXISTS (
            SELECT 1 FROM reconciliation_case AS seen WHERE seen.digest = checked.digest)) THEN 'duplicate'
        WHEN checked.wrong = 'malformed' THEN 'malformed'
        WHEN checked.wrong <> '' THEN 'suspense'
        WHEN fresh.id IS NULL THEN 'duplicate'
        WHEN decided.suspense <> '' AND EXISTS (
            SELECT 1 FROM reconciliation_case AS seen WHERE seen.digest = checked.digest) THEN 'duplicate'
        WHEN decided.suspense <> '' THEN 'suspense'
        ELSE 'applied' END,
    CASE WHEN checked.wrong = 'malformed' THEN checked.fault WHEN checked.wrong <> '' THEN checked.wrong
        ELSE coalesce(decided.suspense, '') END,
    CASE WHEN decided.suspense = '' AND decided.deciding = checked.id THEN decided.event ELSE '' END
FROM checked
LEFT JOIN fresh ON fresh.id = checked.id
LEFT JOIN decided ON decided.instruction_id = fresh.instruction_id
ORDER BY checked.id
