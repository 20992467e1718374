-- SPDX-License-Identifier: MPL-2.0
-- The people behind a figure of communes, or of one hamlet of them, as they were on the day asked about.
SELECT g.person_id, g.commune_id FROM payees_grouped_then AS g
WHERE g.commune_id = ANY (%(communes)s) AND (%(hamlet)s::text IS NULL OR g.hamlet = %(hamlet)s)
    AND CASE %(figure)s WHEN 'all' THEN true WHEN 'eligible' THEN g.eligible
        WHEN 'with_account' THEN g.grp IN ('A', 'B')
        WHEN 'registered' THEN g.grp = 'A' OR g.why = 'account_next_month'
        WHEN 'left' THEN g.eligible AND g.grp <> 'A' AND g.why <> 'account_next_month'
        ELSE g.grp = %(figure)s END
