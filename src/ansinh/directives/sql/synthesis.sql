-- SPDX-License-Identifier: MPL-2.0
-- Difficulties raised in a month, by category and unit: how many, answered, open, late, middle days to answer.
SELECT d.category, u.name, count(*)::int,
    count(*) FILTER (WHERE d.state IN ('answered', 'closed'))::int,
    count(*) FILTER (WHERE d.state IN ('raised', 'with_department', 'with_authority'))::int,
    count(*) FILTER (WHERE d.state IN ('raised', 'with_department', 'with_authority') AND d.due_on < %(on)s)::int,
    floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.answered_at - d.raised_at) / 86400))::int
FROM directives_difficulty d JOIN places_unit u ON u.id = d.unit_id
WHERE d.unit_id = ANY (%(units)s) AND d.state <> 'withdrawn'
    AND (d.raised_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date >= %(first)s
    AND (d.raised_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < %(after)s
GROUP BY d.category, u.name, u.sort_key
ORDER BY d.category, u.sort_key
