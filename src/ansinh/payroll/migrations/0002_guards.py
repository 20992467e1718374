# SPDX-License-Identifier: MPL-2.0
"""Row-level security, states along their edges, and the functions through which lines are written.

The application's role owns no table, so it cannot make a partition. `payroll_open_partition` makes
an empty one for a payroll that is not settled, with the parent's checks and row-level policy, and
lets the application insert; `payroll_close_partition` takes that away, builds the keys and attaches
it; `payroll_drop_partition` throws it away for a recalculation. A submitted payroll keeps its lines
until a recalculation has moved it back; a locked one keeps them for good.
"""

from django.db import migrations

from ansinh.payroll.lifecycles import ENTRY, HOLD, PAYROLL
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "payroll_line", "payroll_claim", "payroll_unowed", "payroll_difference", "payroll_explanation",
    "payroll_hold", "payroll_entry", "payroll_stage_person", "payroll_stage_hold",
)  # fmt: skip

PARTITIONS = """
CREATE FUNCTION payroll_partition_name(payroll bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $name$
    SELECT 'payroll_line_p' || payroll
$name$;

CREATE FUNCTION payroll_open_partition(payroll bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $open$
DECLARE
    name text := payroll_partition_name(payroll);
BEGIN
    PERFORM payroll_drop_partition(payroll);
    EXECUTE format('CREATE TABLE %I (LIKE payroll_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (payroll_id = %s)', name, name || '_is', payroll);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format(
        'CREATE POLICY scope ON %I USING ((SELECT staff_scope_is_all())'
        ' OR commune_id = ANY ((SELECT staff_scope_units())::bigint[]))', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT INSERT, SELECT ON %I TO ansinh_app', name);
    RETURN name;
END
$open$;

CREATE FUNCTION payroll_close_partition(payroll bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $close$
DECLARE
    name text := payroll_partition_name(payroll);
BEGIN
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_app', name);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (id, payroll_id)', name);
    EXECUTE format('CREATE INDEX ON %I (payroll_id, commune_id, id)', name);
    EXECUTE format('CREATE INDEX ON %I (person_id, benefit_month)', name);
    EXECUTE format('ALTER TABLE payroll_line ATTACH PARTITION %I FOR VALUES IN (%s)', name, payroll);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', name, name || '_is');
    EXECUTE format('ANALYZE %I', name);
END
$close$;

CREATE FUNCTION payroll_drop_partition(payroll bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $drop$
DECLARE
    name text := payroll_partition_name(payroll);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payroll_payroll WHERE id = payroll
                   AND state IN ('preparing', 'calculated', 'returned', 'cancelled')) THEN
        RAISE EXCEPTION 'the lines of payroll % are submitted or settled', payroll
            USING ERRCODE = 'check_violation';
    END IF;
    EXECUTE format('DROP TABLE IF EXISTS %I', name);
END
$drop$;
"""
DROP_PARTITIONS = """
DROP FUNCTION payroll_open_partition; DROP FUNCTION payroll_close_partition;
DROP FUNCTION payroll_drop_partition; DROP FUNCTION payroll_partition_name;
"""

# Lines of settled payrolls that did not reach their person. Disbursement replaces the view.
UNPAID = """
CREATE VIEW payroll_unpaid WITH (security_invoker = true) AS
    SELECT NULL::bigint AS payroll_id, NULL::bigint AS line_id WHERE false;
GRANT SELECT ON payroll_unpaid TO ansinh_app;
"""

# What was approved stays: figures, hash and law of a submitted payroll do not change.
FROZEN = """
CREATE FUNCTION payroll_stays_as_submitted() RETURNS trigger LANGUAGE plpgsql AS $frozen$
BEGIN
    IF OLD.state IN ('submitted', 'approved', 'locked', 'handed_over')
        AND NEW.state IN ('submitted', 'approved', 'locked', 'handed_over')
        AND (OLD.content_sha256, OLD.total_vnd, OLD.lines, OLD.held, OLD.people, OLD.law_version,
             OLD.known_on, OLD.unit_id, OLD.stream, OLD.period, OLD.months)
        IS DISTINCT FROM
            (NEW.content_sha256, NEW.total_vnd, NEW.lines, NEW.held, NEW.people, NEW.law_version,
             NEW.known_on, NEW.unit_id, NEW.stream, NEW.period, NEW.months) THEN
        RAISE EXCEPTION 'payroll % is submitted: calculate it again instead', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$frozen$;
CREATE TRIGGER payroll_stays_as_submitted BEFORE UPDATE ON payroll_payroll
    FOR EACH ROW EXECUTE FUNCTION payroll_stays_as_submitted();
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0001_initial"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(PARTITIONS, DROP_PARTITIONS),
        migrations.RunSQL(UNPAID, "DROP VIEW payroll_unpaid"),
        migrations.RunSQL(FROZEN, "DROP FUNCTION payroll_stays_as_submitted CASCADE"),
        migrations.RunSQL(
            PAYROLL.guard_trigger_sql("payroll_payroll", "state"),
            "DROP FUNCTION payroll_payroll_state_guard CASCADE",
        ),
        migrations.RunSQL(
            HOLD.guard_trigger_sql("payroll_hold", "state"), "DROP FUNCTION payroll_hold_state_guard CASCADE"
        ),
        migrations.RunSQL(
            ENTRY.guard_trigger_sql("payroll_entry", "state"),
            "DROP FUNCTION payroll_entry_state_guard CASCADE",
        ),
    ]
