-- SPDX-License-Identifier: MPL-2.0
-- The proposal that came of each settled answer.
UPDATE population_settlement AS s SET change_id = t.change
FROM unnest(%(answers)s::bigint[], %(changes)s::bigint[]) AS t (answer, change),
    population_batch AS b
WHERE s.answer_id = t.answer AND b.id = s.batch_id AND b.round_id = %(round)s AND b.state = 'drafted'
