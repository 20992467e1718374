-- SPDX-License-Identifier: MPL-2.0
-- Where new people live from the month of the list on.
INSERT INTO registry_residence (person_id, commune_id, hamlet, validity)
SELECT t.id, %(commune)s, t.hamlet, daterange(%(since)s, NULL)
FROM unnest(%(ids)s::bigint[], %(hamlet)s::text[]) AS t (id, hamlet)
