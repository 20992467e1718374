-- SPDX-License-Identifier: MPL-2.0
-- Marks the open tasks of units that exist no more as passed on, once an heir has the same order.
UPDATE directives_task t SET state = 'passed'
FROM places_unit old
WHERE old.id = t.unit_id AND upper(old.validity) <= %(on)s
    AND t.state IN ('given', 'acknowledged', 'under_way')
    AND EXISTS (
        SELECT 1 FROM places_covered(ARRAY[t.unit_id], %(on)s) AS c
        JOIN directives_task heir ON heir.order_id = t.order_id AND heir.unit_id = c.unit_id AND heir.id <> t.id)
