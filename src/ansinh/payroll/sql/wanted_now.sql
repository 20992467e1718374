-- SPDX-License-Identifier: MPL-2.0
-- Everybody who lives in the communes of the payroll, for each month that it pays.
SELECT n.id AS person_id, m.month
FROM registry_person n CROSS JOIN unnest(%(months)s::date[]) AS m (month)
WHERE n.commune_id = ANY(%(communes)s::bigint[]) AND n.merged_into_id IS NULL
