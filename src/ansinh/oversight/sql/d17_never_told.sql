-- SPDX-License-Identifier: MPL-2.0
-- Paid more than a month ago, and no message arrived, no visit, no complaint: counted commune by commune.
SELECT 'untold:' || to_char(i.period, 'YYYY-MM') AS key, i.commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('month', to_char(i.period, 'MM/YYYY'), 'people', count(DISTINCT i.person_id)) AS facts
FROM disbursement_instruction AS i
JOIN disbursement_state AS s ON s.instruction_id = i.id AND s.state IN ('paid', 'collected')
WHERE i.period <= (%(on)s::date - interval '1 month') AND i.period > (%(on)s::date - interval '3 months')
    AND NOT EXISTS (SELECT 1 FROM payees_notice AS n WHERE n.person_id = i.person_id AND n.state = 'sent')
    AND NOT EXISTS (SELECT 1 FROM outreach_contact AS k JOIN outreach_visit AS v ON v.contact_id = k.id
        WHERE k.person_id = i.person_id)
GROUP BY i.period, i.commune_id
HAVING count(DISTINCT i.person_id) >= %(untold)s
