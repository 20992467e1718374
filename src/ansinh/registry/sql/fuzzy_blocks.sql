-- SPDX-License-Identifier: MPL-2.0
-- For names that differ a little: people of one commune born on one day, or in one year where only the
-- year is known. Blocks above the limit are left out (the reviewer is told how many).
SELECT array_agg(id ORDER BY id), array_agg(name_folded ORDER BY id)
FROM registry_person
WHERE merged_into_id IS NULL
GROUP BY commune_id, born_on, sex
HAVING count(*) BETWEEN 2 AND %(largest)s
