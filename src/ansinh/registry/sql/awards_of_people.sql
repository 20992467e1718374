-- SPDX-License-Identifier: MPL-2.0
-- Awards that count, of some people, the latest first.
SELECT id, person_id, code, facts::text, decision_number, decided_on, first_month, end_month, signer,
    file_ref, merit_person, relation, version
FROM registry_award
WHERE person_id = ANY (%(people)s) AND NOT voided
ORDER BY first_month DESC, id DESC
