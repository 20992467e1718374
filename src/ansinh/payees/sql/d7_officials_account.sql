-- SPDX-License-Identifier: MPL-2.0
-- An officer, a village head, a cashier or a declared relative of one receives for somebody else: as the payee of a mandate, into an account that the officer has as a
-- beneficiary or whose holder the bank prints as an officer, or behind a beneficiary's phone number.
WITH officer AS (
    SELECT p.id AS person_id, p.number_bidx FROM registry_person AS p
    WHERE p.number_bidx = ANY (%(officer_numbers)s::bytea[])
), theirs AS (
    SELECT a.number_bidx, o.person_id FROM payees_account AS a
    JOIN officer AS o ON o.person_id = a.person_id AND a.mandate_id IS NULL
    WHERE a.state NOT IN ('refused', 'withdrawn')
)
SELECT 'officer_payee:' || m.id AS key, m.commune_id, m.person_id, a.id AS account_id,
    jsonb_build_object('how', 'payee', 'payee', m.payee_name) AS facts
FROM payees_mandate AS m
LEFT JOIN payees_account AS a ON a.mandate_id = m.id
    AND a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced')
WHERE m.payee_number_bidx = ANY (%(officer_numbers)s::bytea[]) AND m.state = 'active'
UNION ALL
SELECT 'officer_account:' || a.id, a.commune_id, a.person_id, a.id,
    jsonb_build_object('how', 'account', 'bank', a.bank, 'last4', a.number_last4)
FROM payees_account AS a JOIN theirs AS t ON t.number_bidx = a.number_bidx AND t.person_id <> a.person_id
WHERE a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced')
UNION ALL
SELECT 'officer_phone:' || p.id, p.commune_id, p.id, NULL, jsonb_build_object('how', 'phone')
FROM registry_person AS p
WHERE p.phone_bidx = ANY (%(officer_phones)s::bytea[]) AND p.merged_into_id IS NULL
    AND (p.number_bidx IS NULL OR p.number_bidx <> ALL (%(officer_numbers)s::bytea[]))
UNION ALL
SELECT 'officer_holder:' || a.id, a.commune_id, a.person_id, a.id,
    jsonb_build_object('how', 'holder', 'printed', a.holder_name)
FROM payees_account AS a
WHERE a.name_match = 'different' AND upper(a.holder_name) = ANY (%(officer_names)s)
    AND a.state NOT IN ('refused', 'withdrawn', 'closed', 'replaced')
