-- SPDX-License-Identifier: MPL-2.0
-- Blind indexes of the numbers that the register gives in a round.
SELECT a.said_number_bidx
FROM population_current AS c JOIN population_answer AS a ON a.id = c.answer_id
WHERE c.round_id = %(round)s AND a.said_number_bidx IS NOT NULL
