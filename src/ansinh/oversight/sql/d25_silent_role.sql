-- SPDX-License-Identifier: MPL-2.0
-- A role that was given and ended within a day.
SELECT 'role:' || r.id AS key, r.unit_id AS commune_id, NULL::bigint AS person_id, NULL::bigint AS account_id,
    jsonb_build_object('officer', o.full_name, 'role', r.role, 'on', lower(r.validity)) AS facts
FROM staff_roleassignment AS r JOIN staff_officer AS o ON o.id = r.officer_id
WHERE r.confirmed_at > %(since)s AND upper(r.validity) IS NOT NULL AND upper(r.validity) - lower(r.validity) <= 1
