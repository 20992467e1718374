-- SPDX-License-Identifier: MPL-2.0
-- The locks of the ledger on the budgets of units, in the order of ids, so that two callers never wait for each other.
SELECT pg_advisory_xact_lock(hashtext('ledger.budget ' || %(source)s || q.id))
FROM (SELECT unnest(%(units)s::bigint[]) AS id ORDER BY 1) AS q
