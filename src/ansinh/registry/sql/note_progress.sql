-- SPDX-License-Identifier: MPL-2.0
-- How far the work on a list is: written once a second.
INSERT INTO registry_importprogress AS p (id, commune_id, done, total, started_at, at)
VALUES (%(file)s, %(commune)s, %(done)s, %(total)s, %(started)s, %(at)s)
ON CONFLICT (id) DO UPDATE
SET done = excluded.done, total = excluded.total, started_at = excluded.started_at, at = excluded.at
