-- SPDX-License-Identifier: MPL-2.0
-- Nothing received for months, or sent back twice, then a new account.
WITH missed AS (
    SELECT i.person_id, count(DISTINCT i.period) FILTER (WHERE e.state_to = 'uncollected') AS uncollected,
        count(DISTINCT i.id) FILTER (WHERE e.state_to IN ('returned', 'failed')) AS sent_back, max(e.at) AS last_at
    FROM disbursement_event AS e JOIN disbursement_instruction AS i ON i.id = e.instruction_id
    WHERE e.state_to IN ('uncollected', 'returned', 'failed')
    GROUP BY i.person_id
)
SELECT 'dormant:' || a.id AS key, a.commune_id, a.person_id, a.id AS account_id,
    jsonb_build_object('uncollected', m.uncollected, 'returned', m.sent_back, 'last4', a.number_last4) AS facts
FROM missed AS m
JOIN payees_account AS a ON a.person_id = m.person_id AND a.made_at > m.last_at AND a.made_at > %(since)s
    AND a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced')
WHERE m.uncollected >= %(dormant_periods)s OR m.sent_back >= %(returned_times)s
