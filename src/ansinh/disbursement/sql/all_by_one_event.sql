-- SPDX-License-Identifier: MPL-2.0
-- The same event for every chosen instruction.
SELECT picked.instruction_id, %(event)s::text AS event, NULL::bigint AS source_line, NULL::text AS reason
FROM ({chosen}) AS picked
