-- SPDX-License-Identifier: MPL-2.0
-- F8: what is stored is normal already: normalising it again changes nothing.
SELECT 'person' AS what, id, name AS text FROM registry_person
WHERE name <> normalize(name, NFC) OR name <> btrim(regexp_replace(name, '\s+', ' ', 'g'))
UNION ALL
SELECT 'hamlet', id, hamlet FROM registry_person
WHERE hamlet <> normalize(hamlet, NFC) OR hamlet <> btrim(hamlet)
