-- SPDX-License-Identifier: MPL-2.0
-- F2: the rows of a list that was read are accepted, rejected or skipped, each kept with its number, none lost.
SELECT file.id, file.rows, count(line.id) AS kept FROM registry_importfile AS file
LEFT JOIN registry_importrow AS line ON line.file_id = file.id
WHERE file.state IN ('checked', 'confirming', 'confirmed', 'replaced')
GROUP BY file.id
HAVING count(line.id) <> file.rows OR file.rows <> file.accepted + file.rejected + file.skipped
OR count(*) FILTER (WHERE line.outcome = 'accepted') <> file.accepted
OR count(*) FILTER (WHERE line.outcome = 'rejected') <> file.rejected
