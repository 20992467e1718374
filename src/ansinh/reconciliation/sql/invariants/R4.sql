-- SPDX-License-Identifier: MPL-2.0
-- R4: the state of a transfer is the one that all applied facts add up to, unless two persons decided or it was replaced.
SELECT facts.instruction_id, state.state FROM (
    SELECT instruction_id, bool_or(fact = 'paid') AS paid, bool_or(fact = 'failed') AS failed,
        bool_or(fact = 'returned') AS returned
    FROM reconciliation_outcome WHERE outcome = 'applied' GROUP BY instruction_id) AS facts
JOIN disbursement_state AS state ON state.instruction_id = facts.instruction_id
WHERE state.state IN ('sent', 'unknown', 'paid', 'failed', 'returned', 'disputed')
AND state.state <> CASE WHEN returned THEN 'returned' WHEN paid AND failed THEN 'disputed'
    WHEN paid THEN 'paid' ELSE 'failed' END
AND NOT EXISTS (
    SELECT 1 FROM disbursement_event AS event
    WHERE event.instruction_id = facts.instruction_id AND event.cause = 'desk')
