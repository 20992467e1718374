# SPDX-License-Identifier: MPL-2.0
"""Row-level security of visits and charges, and the guard of a visit's life."""

from django.db import migrations

from ansinh.oversight.lifecycles import VISIT
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = ("oversight_visit", "oversight_charge")


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(
            VISIT.guard_trigger_sql("oversight_visit", "state"),
            "DROP FUNCTION oversight_visit_state_guard CASCADE",
        ),
    ]
