-- SPDX-License-Identifier: MPL-2.0
-- Awards of a replaced list that nobody touched since and that the new list does not mean.
UPDATE registry_award AS a
SET voided = true, version = version + 1, changed_at = %(at)s, changed_by_id = %(by)s
WHERE a.source_import_id = %(earlier)s AND a.version = 1 AND NOT a.voided
    AND NOT EXISTS (SELECT 1 FROM registry_importrow AS r WHERE r.file_id = %(file)s AND r.award_id = a.id)
