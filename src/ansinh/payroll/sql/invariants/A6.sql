-- SPDX-License-Identifier: MPL-2.0
-- A6: the database itself requires two persons: the guard of submissions is there and switched on.
SELECT 'approvals_submission has no two-person guard' AS broken
WHERE NOT EXISTS (
    SELECT 1 FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
    WHERE t.tgrelid = 'approvals_submission'::regclass AND f.proname LIKE 'approvals%two_persons%'
        AND t.tgenabled = 'O')
