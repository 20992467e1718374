# SPDX-License-Identifier: MPL-2.0
"""Which units a unit answers for on a day, for many units in one statement: for joins in SQL."""

from django.db import migrations

# The same rule as `places.queries.units_covered`, keeping the unit that each one belongs to.
COVERED = """
CREATE FUNCTION places_covered(roots bigint[], on_day date) RETURNS TABLE (root_id bigint, unit_id bigint)
LANGUAGE sql STABLE AS $covered$
WITH RECURSIVE below (root, id, day) AS (
    SELECT u.id, u.id, least(on_day, coalesce(upper(u.validity) - 1, on_day))
    FROM places_unit u WHERE u.id = ANY (roots)
    UNION
    SELECT below.root, p.unit_id, below.day FROM places_unitparent p JOIN below ON p.parent_id = below.id
    WHERE p.validity @> below.day
), became (root, id) AS (
    SELECT root, id FROM below
    UNION
    SELECT became.root, s.new_id FROM places_unitsuccessor s JOIN became ON s.old_id = became.id
    WHERE s.on <= on_day AND (
        s.share <> 'whole' OR s.old_id = became.root OR NOT EXISTS (
            SELECT 1 FROM places_unit u WHERE u.id = s.new_id AND u.level = 'province'))
), all_below (root, id) AS (
    SELECT became.root, u.id FROM places_unit u JOIN became USING (id) WHERE u.validity @> on_day
    UNION
    SELECT all_below.root, p.unit_id FROM places_unitparent p JOIN all_below ON p.parent_id = all_below.id
    WHERE p.validity @> on_day
)
SELECT root, id FROM all_below
$covered$;
"""

# The same and what those units were made of: rows that still carry the unit of their day.
ANSWERS_FOR = """
CREATE FUNCTION places_answers_for(roots bigint[], on_day date)
RETURNS TABLE (root_id bigint, unit_id bigint) LANGUAGE sql STABLE AS $answers$
WITH RECURSIVE known (root, id) AS (
    SELECT c.root_id, c.unit_id FROM places_covered(roots, on_day) AS c
    UNION
    SELECT r, r FROM unnest(roots) AS r
    UNION
    SELECT known.root, s.old_id FROM places_unitsuccessor s JOIN known ON s.new_id = known.id
)
SELECT root, id FROM known
$answers$;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0002_no_overlap")]

    operations = [
        migrations.RunSQL(COVERED, "DROP FUNCTION places_covered"),
        migrations.RunSQL(ANSWERS_FOR, "DROP FUNCTION places_answers_for"),
    ]
