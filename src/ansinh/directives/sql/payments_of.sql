-- SPDX-License-Identifier: MPL-2.0
-- The steps of the payments that a complaint is about: the one it names, else the person's of that month.
SELECT i.id, i.end_to_end_id, i.period, i.amount_vnd, i.channel, i.account_last4, i.made_at,
    e.at, coalesce(e.state_to, 'instructed') AS state, f.name, l.line_no, l.reference, l.reason, l.value_date
FROM disbursement_instruction AS i
LEFT JOIN disbursement_event AS e ON e.instruction_id = i.id
LEFT JOIN reconciliation_line AS l ON l.id = e.source_line
LEFT JOIN reconciliation_resultfile AS f ON f.id = l.file_id
WHERE CASE WHEN %(reference)s <> '' THEN i.end_to_end_id = %(reference)s
    ELSE i.person_id = %(person)s AND i.period = %(month)s END
ORDER BY i.id, e.seq
