-- SPDX-License-Identifier: MPL-2.0
-- Open awards of a commune, of the families that a list holds, that no row of it means.
SELECT count(*) FROM registry_award AS a
WHERE a.commune_id = %(commune)s AND a.family = ANY (%(families)s) AND a.end_month IS NULL AND NOT a.voided
    AND NOT EXISTS (SELECT 1 FROM registry_importrow AS r WHERE r.file_id = %(file)s AND r.award_id = a.id)
