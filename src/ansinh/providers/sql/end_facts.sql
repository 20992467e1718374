-- SPDX-License-Identifier: MPL-2.0
-- Ends what was said about a provider in some units on the day when something else is said.
UPDATE providers_providerfact SET validity = daterange(lower(validity), %(day)s)
WHERE provider_id = %(provider)s AND kind = %(kind)s AND hamlet = %(hamlet)s AND unit_id = ANY (%(units)s)
    AND validity @> %(day)s::date AND lower(validity) < %(day)s
