-- SPDX-License-Identifier: MPL-2.0
-- What was chosen for each answer of a batch.
INSERT INTO population_settlement (batch_id, answer_id, commune_id)
SELECT %(batch)s, t.answer, %(commune)s FROM unnest(%(answers)s::bigint[]) AS t (answer)
