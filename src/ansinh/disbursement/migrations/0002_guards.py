# SPDX-License-Identifier: MPL-2.0
"""Row-level security; events along the edges; instructions and the bytes of envelopes never change;
the view of states; what did not arrive, for the next payroll."""

from django.db import migrations

from ansinh.disbursement.lifecycles import ENVELOPE
from ansinh.rules.payments import PAYMENT
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = ("disbursement_instruction", "disbursement_part", "disbursement_event", "disbursement_hold",
          "disbursement_enclosed")  # fmt: skip
APPEND_ONLY = ("disbursement_part", "disbursement_event", "disbursement_enclosed")
EDGES = ", ".join(f"('{edge.source}', '{edge.event}', '{edge.target}')" for edge in PAYMENT.edges)

GUARDS = """
ALTER TABLE disbursement_event ADD CONSTRAINT disbursement_event_edge
    CHECK ((state_from, event, state_to) IN (edges));

CREATE FUNCTION disbursement_never_changes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END
$guard$;

-- Only the seal of the account number may be renewed (key rotation).
CREATE FUNCTION disbursement_instruction_stays() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'account_enc' IS DISTINCT FROM to_jsonb(OLD) - 'account_enc' THEN
        RAISE EXCEPTION 'an instruction never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER disbursement_instruction_stays BEFORE UPDATE OR DELETE ON disbursement_instruction
    FOR EACH ROW EXECUTE FUNCTION disbursement_instruction_stays();

-- What was built stays; the hash is set once; the token only grows.
CREATE FUNCTION disbursement_envelope_stays() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF (NEW.unit_id, NEW.payroll_id, NEW.stream, NEW.period, NEW.reference, NEW.layout, NEW.count,
        NEW.sum_vnd, NEW.file_name, NEW.built_at, NEW.built_by_id)
        IS DISTINCT FROM (OLD.unit_id, OLD.payroll_id, OLD.stream, OLD.period, OLD.reference, OLD.layout,
        OLD.count, OLD.sum_vnd, OLD.file_name, OLD.built_at, OLD.built_by_id)
        OR (OLD.sha256 <> ''::bytea AND NEW.sha256 <> OLD.sha256) OR NEW.fence < OLD.fence THEN
        RAISE EXCEPTION 'an envelope is not rewritten: cancel it and build another'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> OLD.state AND NEW.state IN ('approved', 'dispatching') AND NOT EXISTS (
        SELECT 1 FROM approvals_submission AS handed_in WHERE handed_in.id = NEW.submission_id
        AND handed_in.subject = 'envelope' AND handed_in.subject_id = NEW.id::text
        AND handed_in.state = 'approved' AND handed_in.content_sha256 = NEW.sha256) THEN
        RAISE EXCEPTION 'two persons approve the bytes of an envelope before it leaves'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER disbursement_envelope_stays BEFORE UPDATE ON disbursement_envelope
    FOR EACH ROW EXECUTE FUNCTION disbursement_envelope_stays();
"""
KEPT = "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION disbursement_never_changes();\n"
    for table in APPEND_ONLY
)

VIEWS = """
CREATE VIEW disbursement_state WITH (security_invoker = true) AS
    SELECT instruction.id AS instruction_id, coalesce(latest.state_to, 'instructed') AS state,
        coalesce(latest.seq, 0) AS seq, coalesce(latest.at, instruction.made_at) AS at,
        coalesce(latest.reason, '') AS reason
    FROM disbursement_instruction AS instruction
    LEFT JOIN LATERAL (
        SELECT state_to, seq, at, reason FROM disbursement_event AS past
        WHERE past.instruction_id = instruction.id ORDER BY seq DESC LIMIT 1) AS latest ON true;
GRANT SELECT ON disbursement_state TO ansinh_app;

CREATE OR REPLACE VIEW payroll_unpaid WITH (security_invoker = true) AS
    SELECT part.payroll_id, part.line_id FROM disbursement_event AS ended
    JOIN disbursement_part AS part ON part.instruction_id = ended.instruction_id
    WHERE ended.state_to = 'carried_forward';
GRANT SELECT ON payroll_unpaid TO ansinh_app;
CREATE INDEX disbursement_carried ON disbursement_event (instruction_id) WHERE state_to = 'carried_forward';
CREATE INDEX disbursement_part_instruction ON disbursement_part (instruction_id);
"""
EMPTY = """
CREATE OR REPLACE VIEW payroll_unpaid WITH (security_invoker = true) AS
    SELECT NULL::bigint AS payroll_id, NULL::bigint AS line_id WHERE false;
DROP VIEW disbursement_state; DROP INDEX disbursement_carried; DROP INDEX disbursement_part_instruction;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disbursement", "0001_initial"),
        ("payroll", "0002_guards"),
        ("approvals", "0002_two_persons"),
        ("staff", "0003_scope"),
    ]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(
            GUARDS.replace("IN (edges)", f"IN ({EDGES})"),
            "ALTER TABLE disbursement_event DROP CONSTRAINT disbursement_event_edge;"
            "DROP FUNCTION disbursement_instruction_stays CASCADE;"
            "DROP FUNCTION disbursement_envelope_stays CASCADE;",
        ),
        migrations.RunSQL(KEPT, "DROP FUNCTION disbursement_never_changes CASCADE"),
        migrations.RunSQL(VIEWS, EMPTY),
        migrations.RunSQL(
            ENVELOPE.guard_trigger_sql("disbursement_envelope", "state"),
            "DROP FUNCTION disbursement_envelope_state_guard CASCADE",
        ),
    ]
