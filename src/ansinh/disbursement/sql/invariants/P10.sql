-- SPDX-License-Identifier: MPL-2.0
-- P10: one citizen number is one living record of a person.
SELECT min(id) AS person, count(*) AS records FROM registry_person
WHERE merged_into_id IS NULL AND number_bidx IS NOT NULL GROUP BY number_bidx HAVING count(*) > 1
