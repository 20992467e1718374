-- SPDX-License-Identifier: MPL-2.0
-- The same event for every chosen instruction, with one reason or none.
SELECT picked.instruction_id, %(event)s::text AS event, NULL::bigint AS source_line, %(reason)s::text AS reason
FROM ({chosen}) AS picked
