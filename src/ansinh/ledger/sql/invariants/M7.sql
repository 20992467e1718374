-- SPDX-License-Identifier: MPL-2.0
-- M7: every column of đồng is a bigint.
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = current_schema() AND column_name LIKE '%\_vnd' AND data_type NOT IN ('bigint', 'numeric')
OR (table_schema = current_schema() AND column_name LIKE '%\_vnd' AND data_type = 'numeric'
    AND table_name NOT IN (SELECT viewname FROM pg_views WHERE schemaname = current_schema()))
