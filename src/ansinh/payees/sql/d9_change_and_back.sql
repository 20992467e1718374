-- SPDX-License-Identifier: MPL-2.0
-- An account that was changed and changed back within three months.
WITH step AS (
    SELECT a.id, a.commune_id, a.person_id, a.number_bidx, a.asserted_on,
        lag(a.number_bidx) OVER w AS before, lag(a.number_bidx, 2) OVER w AS first,
        lag(a.asserted_on) OVER w AS changed_on
    FROM payees_account AS a WHERE a.state NOT IN ('refused', 'withdrawn', 'format_failed')
    WINDOW w AS (PARTITION BY a.person_id, coalesce(a.mandate_id, 0) ORDER BY a.id)
)
SELECT 'back:' || id AS key, commune_id, person_id, id AS account_id,
    jsonb_build_object('days', asserted_on - changed_on) AS facts
FROM step
WHERE number_bidx = first AND number_bidx <> before AND asserted_on - changed_on <= 92
