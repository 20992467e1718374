-- SPDX-License-Identifier: MPL-2.0
-- P9: what came back is paid again at most once a return; the new instruction names the old, which says so.
SELECT made.id, made.replaces_id FROM disbursement_instruction AS made
LEFT JOIN disbursement_instruction AS old ON old.id = made.replaces_id
LEFT JOIN disbursement_state AS state ON state.instruction_id = old.id
WHERE made.attempt > 0 AND (old.id IS NULL OR state.state <> 'reissued' OR old.attempt <> made.attempt - 1
    OR (old.payroll_id, old.person_id, old.payee_key, old.amount_vnd)
        IS DISTINCT FROM (made.payroll_id, made.person_id, made.payee_key, made.amount_vnd))
UNION ALL
SELECT state.instruction_id, NULL FROM disbursement_state AS state
WHERE state.state = 'reissued' AND NOT EXISTS (
    SELECT 1 FROM disbursement_instruction AS made WHERE made.replaces_id = state.instruction_id)
