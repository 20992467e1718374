-- SPDX-License-Identifier: MPL-2.0
-- How many stand in which group, commune by commune.
SELECT commune_id, grp, count(*) FROM payees_grouped WHERE commune_id = ANY (%(communes)s)
GROUP BY commune_id, grp
