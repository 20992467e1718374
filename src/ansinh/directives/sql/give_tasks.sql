-- SPDX-License-Identifier: MPL-2.0
-- Gives the orders of a directive to departments, to the units directly below, and under those to communes.
WITH below AS (
    SELECT u.id FROM places_unit u JOIN places_unitparent p ON p.unit_id = u.id
    WHERE p.parent_id = %(unit)s AND p.validity @> %(on)s::date AND u.validity @> %(on)s::date
        AND u.level <> 'hamlet'
), direct AS (
    INSERT INTO directives_task (order_id, unit_id, agency, due_on, state, given_at)
    SELECT o.id, CASE WHEN o.addressee = 'agency' THEN %(unit)s ELSE below.id END, coalesce(a.name, ''),
        o.due_on, 'given', %(at)s
    FROM directives_order o
    LEFT JOIN below ON o.addressee <> 'agency'
    LEFT JOIN LATERAL unnest(o.agencies) AS a (name) ON true
    WHERE o.directive_id = %(directive)s AND (o.addressee = 'agency' OR below.id IS NOT NULL)
    RETURNING id, order_id, unit_id
)
INSERT INTO directives_task (order_id, unit_id, agency, parent_id, due_on, state, given_at)
SELECT o.id, c.id, '', direct.id, o.due_on, 'given', %(at)s
FROM direct
JOIN directives_order o ON o.id = direct.order_id AND o.addressee = 'communes'
JOIN places_unitparent p ON p.parent_id = direct.unit_id AND p.validity @> %(on)s::date
JOIN places_unit c ON c.id = p.unit_id AND c.level = 'commune' AND c.validity @> %(on)s::date
