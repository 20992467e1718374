-- SPDX-License-Identifier: MPL-2.0
-- Gives the open tasks of units that exist no more to the communes that answer for them on a day.
INSERT INTO directives_task (order_id, unit_id, agency, parent_id, passed_from_id, due_on, state, given_at)
SELECT DISTINCT ON (t.order_id, c.unit_id, t.agency)
    t.order_id, c.unit_id, t.agency, NULL::bigint, t.id, t.due_on, 'given', %(at)s
FROM directives_task t
JOIN places_unit old ON old.id = t.unit_id AND NOT old.validity @> %(on)s::date AND upper(old.validity) <= %(on)s
JOIN places_covered(
    ARRAY(SELECT DISTINCT x.unit_id FROM directives_task x JOIN places_unit g ON g.id = x.unit_id
          WHERE x.state IN ('given', 'acknowledged', 'under_way') AND upper(g.validity) <= %(on)s), %(on)s
) AS c ON c.root_id = t.unit_id
JOIN places_unit heir ON heir.id = c.unit_id AND heir.level = 'commune'
WHERE t.state IN ('given', 'acknowledged', 'under_way')
ORDER BY t.order_id, c.unit_id, t.agency, t.id
ON CONFLICT (order_id, unit_id, agency) DO NOTHING
