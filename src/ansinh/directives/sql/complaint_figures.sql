-- SPDX-License-Identifier: MPL-2.0
-- How many complaints of the scope are open, late, answered in time, and how many days an answer took.
SELECT count(*)::int,
    count(*) FILTER (WHERE state IN ('received', 'looked_into'))::int,
    count(*) FILTER (WHERE state IN ('received', 'looked_into') AND due_on < %(on)s)::int,
    count(answered_at)::int,
    count(*) FILTER (WHERE (answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= due_on)::int,
    floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - received_at) / 86400))::int,
    ceil(percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - received_at) / 86400))::int
FROM directives_complaint
