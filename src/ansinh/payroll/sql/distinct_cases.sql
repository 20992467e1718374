-- SPDX-License-Identifier: MPL-2.0
-- The distinct cases of a calculation and how many people share each.
SELECT month, fact_key, count(*) FROM {stage} GROUP BY month, fact_key
