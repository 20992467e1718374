# SPDX-License-Identifier: MPL-2.0
"""Row-level security and append-only triggers of what belongs to cash; the status behind a slip's code."""

from django.db import migrations

from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = ("disbursement_slip", "disbursement_receipt", "disbursement_paper", "disbursement_cashlimit",
          "disbursement_cashcount", "disbursement_cashback")  # fmt: skip
APPEND_ONLY = "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION disbursement_never_changes();\n"
    for table in TABLES
)
# Whoever holds a code sees a state and nothing else: no name, no amount, no place.
STATUS = """
CREATE FUNCTION disbursement_slip_status(mark bytea) RETURNS TABLE (state varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $status$
    SELECT coalesce((
        SELECT past.state_to FROM disbursement_event AS past
        WHERE past.instruction_id = slip.instruction_id ORDER BY past.seq DESC LIMIT 1), 'instructed')
    FROM disbursement_slip AS slip WHERE slip.code_bidx = mark
$status$;
"""


class Migration(migrations.Migration):
    dependencies = [("disbursement", "0004_cash"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(
            APPEND_ONLY, "".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES)
        ),
        migrations.RunSQL(STATUS, "DROP FUNCTION disbursement_slip_status"),
    ]
