-- SPDX-License-Identifier: MPL-2.0
-- Nine-digit numbers of new people.
INSERT INTO registry_oldnumber (person_id, commune_id, number_enc, number_bidx, number_last4)
SELECT t.id, %(commune)s, t.enc, t.bidx, t.last4
FROM unnest(%(ids)s::bigint[], %(enc)s::bytea[], %(bidx)s::bytea[], %(last4)s::text[]) AS t (id, enc, bidx, last4)
