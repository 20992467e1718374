-- SPDX-License-Identifier: MPL-2.0
-- How many stand where in a round, by hamlet.
SELECT hamlet, state, count(*) FROM payees_place WHERE round_id = %(round)s GROUP BY hamlet, state
ORDER BY hamlet, state
