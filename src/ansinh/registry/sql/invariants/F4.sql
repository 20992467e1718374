-- SPDX-License-Identifier: MPL-2.0
-- F4: a confirmed list is in the register whole: every accepted row names its person, no rejected one does.
SELECT line.file_id, line.row, line.outcome FROM registry_importrow AS line
JOIN registry_importfile AS file ON file.id = line.file_id AND file.state IN ('confirmed', 'replaced')
WHERE (line.outcome = 'accepted') <> (line.person_id IS NOT NULL)
