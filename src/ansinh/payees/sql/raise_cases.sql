-- SPDX-License-Identifier: MPL-2.0
-- Cases for what a rule found, once for the same facts, with everybody in them. FOUND is the rule's query.
WITH found AS MATERIALIZED (
    FOUND
), made AS (
    INSERT INTO payees_case (rule, key, commune_id, facts, holds, owner, due_on, state, outcome, note, opened_at)
    SELECT %(rule)s, f.key, f.commune_id, min(f.facts::text)::jsonb, %(holds)s, %(owner)s, %(due_on)s, 'open',
        '', '', %(at)s
    FROM found AS f
    WHERE NOT EXISTS (SELECT 1 FROM payees_case AS c
        WHERE c.rule = %(rule)s AND c.key = f.key AND c.commune_id = f.commune_id)
    GROUP BY f.key, f.commune_id
    RETURNING id, key, commune_id
), people AS (
    INSERT INTO payees_caseperson (case_id, person_id, commune_id, account_id)
    SELECT DISTINCT m.id, f.person_id, f.commune_id, f.account_id
    FROM made AS m JOIN found AS f ON f.key = m.key AND f.commune_id = m.commune_id AND f.person_id IS NOT NULL
)
SELECT id, commune_id FROM made
