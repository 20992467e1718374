-- SPDX-License-Identifier: MPL-2.0
-- One more search of an officer in an hour; returns how many.
INSERT INTO registry_lookups AS l (officer_id, hour, many) VALUES (%(officer)s, %(hour)s, 1)
ON CONFLICT (officer_id, hour) DO UPDATE SET many = l.many + 1
RETURNING many
