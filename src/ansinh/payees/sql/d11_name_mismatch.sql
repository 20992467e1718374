-- SPDX-License-Identifier: MPL-2.0
-- The institution's name for the holder is not the payee's after folding, whoever confirmed it.
SELECT 'name:' || a.id AS key, a.commune_id, a.person_id, a.id AS account_id,
    jsonb_build_object('match', a.name_match, 'printed', a.holder_name) AS facts
FROM payees_account AS a
WHERE a.name_match IN ('close', 'different')
    AND a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced')
