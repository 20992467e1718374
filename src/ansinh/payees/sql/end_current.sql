-- SPDX-License-Identifier: MPL-2.0
-- The accounts in use that those being approved replace end with the month before their first; says which
-- account takes whose place, and whether the old one had begun by then.
UPDATE payees_account AS b
SET usable_until = greatest(%(changed)s, b.usable_from), asserted_until = %(on)s
FROM payees_account AS a
WHERE a.id = ANY (%(ids)s) AND b.person_id = a.person_id
    AND coalesce(b.mandate_id, 0) = coalesce(a.mandate_id, 0) AND b.id <> a.id
    AND b.state = ANY (%(dated)s) AND b.usable_until IS NULL
RETURNING a.id, b.id, b.usable_from >= %(changed)s
