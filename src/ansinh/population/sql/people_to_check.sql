-- SPDX-License-Identifier: MPL-2.0
-- Living records of a commune with an award that is paid or may be paid again, in Vietnamese order.
SELECT p.id, p.version
FROM registry_person AS p
WHERE p.commune_id = ANY (%(communes)s) AND p.merged_into_id IS NULL AND p.life <> 'dead'
    AND EXISTS (
        SELECT 1 FROM registry_award AS a
        WHERE a.person_id = p.id AND NOT a.voided AND (a.end_month IS NULL OR a.end_month >= %(month)s))
ORDER BY p.sort_key, p.id
