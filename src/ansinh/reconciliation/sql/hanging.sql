-- SPDX-License-Identifier: MPL-2.0
-- The open cases about an instruction or about those that it replaces, the oldest first.
WITH RECURSIVE chain AS (
    SELECT id, replaces_id FROM disbursement_instruction WHERE id = %(instruction)s
    UNION ALL
    SELECT older.id, older.replaces_id FROM disbursement_instruction AS older
    JOIN chain ON chain.replaces_id = older.id)
SELECT about.kind FROM reconciliation_case AS about
JOIN chain ON chain.id = about.instruction_id
WHERE about.state <> 'settled' ORDER BY about.opened_at LIMIT 1
