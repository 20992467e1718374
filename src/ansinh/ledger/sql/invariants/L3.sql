-- SPDX-License-Identifier: MPL-2.0
-- L3: the application may neither change nor delete rows of audit, ledger, events and raw results.
SELECT class.relname AS table_name, wish FROM pg_class AS class
CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS wish
WHERE class.relkind IN ('r', 'p') AND class.relnamespace = current_schema()::regnamespace
AND class.relname IN ('audit_event', 'audit_seal', 'ledger_posting', 'ledger_closing', 'ledger_closedbalance',
    'disbursement_event', 'disbursement_part', 'disbursement_enclosed', 'reconciliation_line', 'reconciliation_outcome', 'reconciliation_accountday')
AND has_table_privilege('ansinh_app', class.oid, wish)
