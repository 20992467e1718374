# SPDX-License-Identifier: MPL-2.0
"""Row-level security, write-once by trigger, lives along their edges."""

from django.db import migrations

from ansinh.reconciliation.lifecycles import CASE, FILE
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = ("reconciliation_line", "reconciliation_outcome", "reconciliation_case")
WRITE_ONCE = ("reconciliation_line", "reconciliation_outcome", "reconciliation_accountday")

KEPT = """
CREATE FUNCTION reconciliation_write_once() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END
$guard$;
""" + "".join(
    f"CREATE TRIGGER {table}_write_once BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_write_once();\n"
    for table in WRITE_ONCE
)


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_initial"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(KEPT, "DROP FUNCTION reconciliation_write_once CASCADE"),
        migrations.RunSQL(
            FILE.guard_trigger_sql("reconciliation_resultfile", "state"),
            "DROP FUNCTION reconciliation_resultfile_state_guard CASCADE",
        ),
        migrations.RunSQL(
            CASE.guard_trigger_sql("reconciliation_case", "state"),
            "DROP FUNCTION reconciliation_case_state_guard CASCADE",
        ),
    ]
