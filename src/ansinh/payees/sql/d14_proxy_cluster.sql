-- SPDX-License-Identifier: MPL-2.0
-- One natural person receives for as many others as the alert says, in whichever communes.
SELECT 'cluster:' || encode(substr(m.payee_number_bidx, 1, 12), 'hex') || ':' || md5(g.people) AS key,
    m.commune_id, m.person_id, NULL::bigint AS account_id,
    jsonb_build_object('payee', m.payee_name, 'last4', m.payee_number_last4, 'beneficiaries', g.many) AS facts
FROM payees_mandate AS m
JOIN (
    SELECT c.payee_number_bidx, count(DISTINCT c.person_id) AS many,
        string_agg(DISTINCT c.person_id::text, ',' ORDER BY c.person_id::text) AS people
    FROM payees_mandate AS c
    WHERE c.state = 'active' AND c.payee_number_bidx IS NOT NULL
    GROUP BY c.payee_number_bidx
    HAVING count(DISTINCT c.person_id) >= %(proxy_alert)s
) AS g ON g.payee_number_bidx = m.payee_number_bidx
WHERE m.state = 'active'
