-- SPDX-License-Identifier: MPL-2.0
-- R5: the events of an instruction follow each other: each begins where the one before ended, none is missing.
SELECT instruction_id, seq, state_from, before FROM (
    SELECT instruction_id, seq, state_from,
        lag(state_to, 1, 'instructed') OVER steps AS before, row_number() OVER steps AS place
    FROM disbursement_event WINDOW steps AS (PARTITION BY instruction_id ORDER BY seq)) AS life
WHERE state_from <> before OR seq <> place
