# SPDX-License-Identifier: MPL-2.0
"""A role once a person, unit and day; its state moves along the edges only."""

from django.db import migrations

from ansinh.staff.lifecycles import GRANT


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE staff_roleassignment ADD CONSTRAINT staff_role_once EXCLUDE USING gist (
                int8range(officer_id, officer_id, '[]') WITH &&,
                int8range(unit_id, unit_id, '[]') WITH &&,
                int8range(hashtextextended(role, 0), hashtextextended(role, 0), '[]') WITH &&,
                validity WITH &&) WHERE (state IN ('proposed', 'confirmed'));
            """,
            "ALTER TABLE staff_roleassignment DROP CONSTRAINT staff_role_once;",
        ),
        migrations.RunSQL(
            GRANT.guard_trigger_sql("staff_roleassignment", "state"),
            "DROP FUNCTION staff_roleassignment_state_guard CASCADE",
        ),
    ]
