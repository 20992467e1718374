# SPDX-License-Identifier: MPL-2.0
"""Row-level security, answers that are only added to, states along their edges, and the views that say
which answer counts."""

from django.db import migrations

from ansinh.population.lifecycles import BATCH, ROUND
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "population_round", "population_member", "population_handover", "population_answer",
    "population_withdrawal", "population_confirmation", "population_batch", "population_settlement",
    "population_decision", "population_signature",
)  # fmt: skip

# Renewing the seal of the number (key rotation) is the only UPDATE that an answer takes.
ADDED_ONLY = """
CREATE FUNCTION population_answer_added_only() RETURNS trigger LANGUAGE plpgsql AS $only$
BEGIN
    IF to_jsonb(NEW) - 'said_number_enc' IS DISTINCT FROM to_jsonb(OLD) - 'said_number_enc' THEN
        RAISE EXCEPTION 'an answer is only added to' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$only$;
CREATE TRIGGER population_answer_added_only BEFORE UPDATE ON population_answer
    FOR EACH ROW EXECUTE FUNCTION population_answer_added_only();
"""

# An answer counts unless it was withdrawn at once, or says that a dead person lives and nobody else
# has confirmed that.
COUNTS = """
        NOT EXISTS (SELECT 1 FROM population_withdrawal AS w WHERE w.answer_id = a.id)
        AND (NOT a.needs_second OR EXISTS (
            SELECT 1 FROM population_confirmation AS c WHERE c.answer_id = a.id AND c.accepted))"""

CURRENT = f"""
CREATE VIEW population_current WITH (security_invoker = true) AS
SELECT m.round_id, m.commune_id, m.id AS member_id, m.person_id, a.id AS answer_id, a.result, a.kinds
FROM population_member AS m
CROSS JOIN LATERAL (
    SELECT a.id, a.result, a.kinds FROM population_answer AS a
    WHERE a.member_id = m.id AND {COUNTS}
    ORDER BY a.seq DESC LIMIT 1) AS a;
GRANT SELECT ON population_current TO ansinh_app;
"""  # noqa: S608 - our own words

# Settled: chosen and submitted, or decided by somebody with the duty. The latest word counts.
SETTLED = """
CREATE VIEW population_settled WITH (security_invoker = true) AS
SELECT DISTINCT ON (each.answer_id) each.answer_id, each.how
FROM (
    SELECT d.answer_id, CASE WHEN d.pays THEN 'pay' ELSE 'hold' END AS how, d.at FROM population_decision AS d
    UNION ALL
    SELECT s.answer_id, b.action, b.ended_at
    FROM population_settlement AS s JOIN population_batch AS b ON b.id = s.batch_id
    WHERE b.state = 'submitted') AS each
ORDER BY each.answer_id, each.at DESC;
GRANT SELECT ON population_settled TO ansinh_app;
"""

# What payment reads. The view belongs to the owner of the tables and applies the scope itself, by the
# commune where the person lives NOW: a person who was found dead before moving stays held after it.
STANDING = f"""
CREATE VIEW population_standing WITH (security_barrier = true) AS
SELECT
    p.id AS person_id, p.commune_id, a.result,
    a.result = ANY ('{{deceased,duplicate,wrong_number,not_found}}') AND NOT coalesce(d.pays, false) AS blocks,
    CASE WHEN a.result <> ALL ('{{deceased,duplicate,wrong_number,not_found}}') THEN ''
        WHEN d.answer_id IS NULL THEN 'population_' || a.result ELSE d.reason END AS reason,
    a.id AS answer_id, a.at, d.answer_id IS NOT NULL AS decided
FROM registry_person AS p
CROSS JOIN LATERAL (
    SELECT a.id, a.result, a.at FROM population_answer AS a
    WHERE a.person_id = p.id AND {COUNTS}
    ORDER BY a.id DESC LIMIT 1) AS a
LEFT JOIN LATERAL (
    SELECT d.answer_id, d.pays, d.reason FROM population_decision AS d
    WHERE d.answer_id = a.id ORDER BY d.id DESC LIMIT 1) AS d ON true
WHERE p.merged_into_id IS NULL
    AND ((SELECT staff_scope_is_all()) OR p.commune_id = ANY ((SELECT staff_scope_units())::bigint[]));
GRANT SELECT ON population_standing TO ansinh_app;
"""  # noqa: S608 - our own words


class Migration(migrations.Migration):
    dependencies = [("population", "0001_initial"), ("registry", "0002_guards"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(ADDED_ONLY, "DROP FUNCTION population_answer_added_only CASCADE"),
        migrations.RunSQL(CURRENT, "DROP VIEW population_current"),
        migrations.RunSQL(SETTLED, "DROP VIEW population_settled"),
        migrations.RunSQL(STANDING, "DROP VIEW population_standing"),
        migrations.RunSQL(
            ROUND.guard_trigger_sql("population_round", "state"),
            "DROP FUNCTION population_round_state_guard CASCADE",
        ),
        migrations.RunSQL(
            BATCH.guard_trigger_sql("population_batch", "state"),
            "DROP FUNCTION population_batch_state_guard CASCADE",
        ),
    ]
