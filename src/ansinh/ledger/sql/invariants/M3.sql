-- SPDX-License-Identifier: MPL-2.0
-- M3: a correction is a reversal that mirrors an existing posting, with a reason.
SELECT undone.id AS reversal, undone.reverses_id FROM ledger_posting AS undone
LEFT JOIN ledger_posting AS was ON was.id = undone.reverses_id
WHERE undone.reverses_id IS NOT NULL AND (
    was.id IS NULL OR was.reverses_id IS NOT NULL OR undone.reason = ''
    OR (was.debit, was.credit, was.amount_vnd, was.source, was.commune_id, was.period)
        IS DISTINCT FROM (undone.credit, undone.debit, undone.amount_vnd, undone.source, undone.commune_id, undone.period))
