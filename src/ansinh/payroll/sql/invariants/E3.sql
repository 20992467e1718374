-- SPDX-License-Identifier: MPL-2.0
-- E3: each payable line cites an award of that very person that had begun.
SELECT l.payroll_id, l.id, l.person_id, l.award_id, l.benefit_month
FROM payroll_line l LEFT JOIN registry_award a ON a.id = l.award_id
WHERE l.hold = '' AND (a.id IS NULL
    OR a.person_id <> l.person_id AND NOT EXISTS (
        SELECT 1 FROM registry_person m WHERE m.id = l.person_id AND m.merged_into_id = a.person_id)
    OR l.kind = 'current' AND a.first_month > l.benefit_month)
