-- SPDX-License-Identifier: MPL-2.0
-- F5: every row of a list keeps what was written and what was read, sealed together, and its bytes have a hash.
SELECT line.file_id, line.row FROM registry_importrow AS line WHERE octet_length(line.sealed) < 30
UNION ALL
SELECT file.id, NULL FROM registry_importfile AS file WHERE octet_length(file.sha256) <> 32
