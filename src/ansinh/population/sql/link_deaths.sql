-- SPDX-License-Identifier: MPL-2.0
-- The life event that came of each settled answer.
UPDATE population_settlement AS s SET event_id = t.event
FROM unnest(%(answers)s::bigint[], %(batches)s::bigint[], %(events)s::bigint[]) AS t (answer, batch, event)
WHERE s.answer_id = t.answer AND s.batch_id = t.batch
