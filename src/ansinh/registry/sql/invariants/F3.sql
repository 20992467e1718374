-- SPDX-License-Identifier: MPL-2.0
-- F3: the same bytes, or a list of the same commune, form and month, stand confirmed once; a replacement ended the first.
SELECT 'bytes' AS what, min(id) AS file, count(*) AS times FROM registry_importfile WHERE state = 'confirmed'
GROUP BY sha256, commune_id, form HAVING count(*) > 1
UNION ALL
SELECT 'month', min(id), count(*) FROM registry_importfile WHERE state = 'confirmed'
GROUP BY commune_id, form, month HAVING count(*) > 1
UNION ALL
SELECT 'replaced', later.id, 1 FROM registry_importfile AS later
JOIN registry_importfile AS first ON first.id = later.replaces_id
WHERE later.state = 'confirmed' AND first.state = 'confirmed'
