# SPDX-License-Identifier: MPL-2.0
"""States along their edges, personal rows in their scope, and the status that a code shows."""

from django.db import migrations

from ansinh.directives.lifecycles import ANSWER, COMPLAINT, DIFFICULTY, DIRECTIVE, PLAN, TASK
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

PERSONAL = ("directives_difficultyperson", "directives_complaint", "directives_complaintstep")
GUARDED = (
    (DIRECTIVE, "directives_directive"), (TASK, "directives_task"), (PLAN, "directives_plan"),
    (DIFFICULTY, "directives_difficulty"), (ANSWER, "directives_answer"),
    (COMPLAINT, "directives_complaint"),
)  # fmt: skip

# Whoever holds the code sees this and nothing else, from outside any scope.
STATUS = """
CREATE FUNCTION directives_complaint_status(mark bytea)
RETURNS TABLE (number varchar, state varchar, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $status$
    SELECT c.number, c.state, c.due_on FROM directives_complaint c WHERE c.code_bidx = mark
$status$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0001_initial"),
        ("staff", "0003_scope"),
        ("places", "0003_covered"),
        ("providers", "0002_guards"),
        ("payees", "0002_guards"),
    ]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in PERSONAL],
        *[
            migrations.RunSQL(
                life.guard_trigger_sql(table, "state"), f"DROP FUNCTION {table}_state_guard CASCADE"
            )
            for life, table in GUARDED
        ],
        migrations.RunSQL(STATUS, "DROP FUNCTION directives_complaint_status"),
    ]
