-- SPDX-License-Identifier: MPL-2.0
-- How many stand in which group, of some communes, in the month that is asked about.
SELECT grp, why, count(*) FROM payees_grouped WHERE commune_id = ANY (%(communes)s) GROUP BY grp, why
