-- SPDX-License-Identifier: MPL-2.0
-- Writes the waiting messages of one commune down as handed over, each once whoever else asks meanwhile.
WITH waiting AS (
    SELECT n.id, n.commune_id
    FROM payees_notice AS n
    LEFT JOIN outreach_sending AS s ON s.notice_id = n.id
    WHERE n.state IN ('waiting', 'failed') AND (s.id IS NULL OR s.adapter = '')
), chosen AS (
    SELECT n.id, n.commune_id, n.person_id, n.phone_enc, n.text
    FROM payees_notice AS n
    WHERE n.id IN (SELECT w.id FROM waiting AS w
        WHERE w.commune_id = (SELECT f.commune_id FROM waiting AS f ORDER BY f.id LIMIT 1)
        ORDER BY w.id LIMIT %(many)s)
    FOR UPDATE OF n SKIP LOCKED
), written AS (
    INSERT INTO outreach_sending AS s (notice_id, commune_id, adapter, at, result, answer, tries)
    SELECT c.id, c.commune_id, %(adapter)s, %(at)s, '', '', 1 FROM chosen AS c
    ON CONFLICT (notice_id) DO UPDATE SET adapter = excluded.adapter, at = excluded.at
        WHERE s.adapter = ''
    RETURNING notice_id
)
SELECT c.id, c.phone_enc, coalesce(w.way, ''), c.text
FROM chosen AS c JOIN written ON written.notice_id = c.id
LEFT JOIN outreach_wish AS w ON w.person_id = c.person_id
ORDER BY c.id
