-- SPDX-License-Identifier: MPL-2.0
-- One account for several beneficiaries who are not one owner's proxies, or for four and more in any case.
SELECT 'shared:' || encode(substr(u.number_bidx, 1, 12), 'hex') || ':' || md5(g.people) AS key,
    u.commune_id, u.person_id, u.account_id,
    jsonb_build_object('beneficiaries', g.many, 'owners', g.owners, 'bank', u.bank, 'last4', u.last4) AS facts
FROM (
    SELECT a.id AS account_id, a.number_bidx, a.person_id, a.commune_id, a.bank, a.number_last4 AS last4
    FROM payees_account AS a
    WHERE a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced', 'format_failed')
) AS u
JOIN (
    SELECT a.number_bidx, count(DISTINCT a.person_id) AS many,
        count(DISTINCT coalesce(m.payee_number_bidx, sha256(m.payee_name::bytea), p.number_bidx,
            sha256(p.id::text::bytea))) AS owners,
        bool_or(coalesce(m.kind, '') IN ('institution', 'deposit_book')) AS institution,
        string_agg(DISTINCT a.person_id::text, ',' ORDER BY a.person_id::text) AS people
    FROM payees_account AS a
    JOIN registry_person AS p ON p.id = a.person_id
    LEFT JOIN payees_mandate AS m ON m.id = a.mandate_id
    WHERE a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced', 'format_failed')
    GROUP BY a.number_bidx
    HAVING count(DISTINCT a.person_id) > 1
) AS g ON g.number_bidx = u.number_bidx
WHERE g.owners > 1 OR (g.many >= 4 AND NOT g.institution)
