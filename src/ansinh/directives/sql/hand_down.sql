-- SPDX-License-Identifier: MPL-2.0
-- Hands a task to the units directly below that do not have it yet.
INSERT INTO directives_task (order_id, unit_id, agency, parent_id, due_on, state, given_at)
SELECT t.order_id, u.id, '', t.id, %(due)s, 'given', %(at)s
FROM directives_task t
JOIN places_unitparent p ON p.parent_id = t.unit_id AND p.validity @> %(on)s::date
JOIN places_unit u ON u.id = p.unit_id AND u.level <> 'hamlet' AND u.validity @> %(on)s::date
WHERE t.id = %(task)s
ON CONFLICT (order_id, unit_id, agency) DO NOTHING
