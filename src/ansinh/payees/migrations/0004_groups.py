# SPDX-License-Identifier: MPL-2.0
"""Row-level security and guards of the rounds, rows that follow a person who moves, and the view that
puts every beneficiary into exactly one group."""

from django.db import migrations

from ansinh.payees.lifecycles import PLACE, ROUND
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "payees_round", "payees_place", "payees_placeevent", "payees_obstacle", "payees_refusal", "payees_paper",
)  # fmt: skip

# A place stays with its round and its commune: it is what was done there.
FOLLOW = """
CREATE FUNCTION payees_follow_readiness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $follow$
BEGIN
    UPDATE payees_obstacle SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    UPDATE payees_refusal SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    RETURN NULL;
END
$follow$;
CREATE TRIGGER payees_follow_readiness AFTER UPDATE OF commune_id ON registry_person FOR EACH ROW
    WHEN (OLD.commune_id IS DISTINCT FROM NEW.commune_id) EXECUTE FUNCTION payees_follow_readiness();
"""

# Everybody with an award in the month, once. The CASE has an ELSE: whoever nothing else fits has
# nobody. Facts of the register (a minor, no citizen number) stand among the reasons by themselves.
GROUPED = """
CREATE VIEW payees_grouped WITH (security_invoker = true) AS
WITH asked AS MATERIALIZED (
    SELECT (SELECT payees_period()) AS period, r.own_account_age
    FROM payees_payrule AS r WHERE r.valid_from <= (SELECT payees_period())
    ORDER BY r.valid_from DESC LIMIT 1
), beneficiary AS (
    SELECT p.id AS person_id, p.commune_id, p.number_bidx IS NULL AS unnumbered,
        p.born_on + make_interval(years => asked.own_account_age) > asked.period AS minor
    FROM registry_person AS p CROSS JOIN asked
    WHERE p.life <> 'dead' AND p.merged_into_id IS NULL AND p.id IN (
        SELECT a.person_id FROM registry_award AS a CROSS JOIN asked
        WHERE NOT a.voided AND a.first_month <= asked.period
            AND (a.end_month IS NULL OR a.end_month >= asked.period))
), mandate AS (
    SELECT m.id, m.person_id, m.all_awards, m.kind
    FROM payees_mandate AS m CROSS JOIN asked
    WHERE m.state IN ('active', 'ended', 'revoked') AND m.pays_from <= asked.period
        AND (m.pays_until IS NULL OR asked.period < m.pays_until)
), represented AS (
    SELECT m.person_id, bool_or(m.all_awards) AS wholly FROM mandate AS m GROUP BY m.person_id
), account AS (
    SELECT a.person_id,
        bool_or(a.usable_from <= asked.period AND (a.usable_until IS NULL OR asked.period < a.usable_until)
            AND a.state <> 'suspended'
            AND CASE WHEN a.mandate_id IS NULL THEN NOT coalesce(r.wholly, false) ELSE m.id IS NOT NULL END)
            AS paid,
        bool_or(a.state = 'suspended') AS suspended,
        bool_or(a.state IN ('format_failed', 'identity_failed', 'holder_failed')) AS failed,
        bool_or(a.state IN ('declared', 'format_checked', 'identity_checked', 'holder_checked')) AS waits,
        bool_or(a.usable_from > asked.period AND (a.usable_until IS NULL OR a.usable_until > a.usable_from))
            AS coming
    FROM payees_account AS a CROSS JOIN asked
    LEFT JOIN represented AS r ON r.person_id = a.person_id
    LEFT JOIN mandate AS m ON m.id = a.mandate_id
    WHERE a.state NOT IN ('refused', 'withdrawn')
    GROUP BY a.person_id
), obstacle AS (
    SELECT o.person_id, array_agg(o.code ORDER BY o.code) AS codes, bool_or(o.prevents) AS prevents
    FROM payees_obstacle AS o CROSS JOIN asked
    WHERE o.since < asked.period + interval '1 month' AND (o.until IS NULL OR o.until > asked.period)
    GROUP BY o.person_id
), refusal AS (
    SELECT DISTINCT f.person_id FROM payees_refusal AS f CROSS JOIN asked
    WHERE f.signed_on < asked.period + interval '1 month' AND (f.until IS NULL OR f.until > asked.period)
), incapable AS (
    SELECT DISTINCT i.person_id FROM payees_incapacity AS i CROSS JOIN asked
    WHERE i.since <= asked.period AND (i.until IS NULL OR asked.period < i.until)
), judged AS (
    SELECT b.person_id, b.commune_id, b.minor, b.unnumbered, i.person_id IS NOT NULL AS incapable,
        coalesce(a.paid, false) AS paid, coalesce(a.suspended, false) AS suspended,
        coalesce(a.failed, false) AS failed, coalesce(a.waits, false) AS waits,
        coalesce(a.coming, false) AS coming, r.person_id IS NOT NULL AS represented,
        f.person_id IS NOT NULL AS refuses, o.codes,
        NOT (b.minor OR b.unnumbered OR i.person_id IS NOT NULL OR coalesce(o.prevents, false)) AS can_open
    FROM beneficiary AS b
    LEFT JOIN account AS a ON a.person_id = b.person_id
    LEFT JOIN represented AS r ON r.person_id = b.person_id
    LEFT JOIN refusal AS f ON f.person_id = b.person_id
    LEFT JOIN obstacle AS o ON o.person_id = b.person_id
    LEFT JOIN incapable AS i ON i.person_id = b.person_id
)
SELECT j.person_id, j.commune_id,
    CASE WHEN j.paid THEN 'A' WHEN j.refuses THEN 'F'
        WHEN j.suspended OR j.failed OR j.waits OR j.coming THEN 'B'
        WHEN j.can_open THEN 'C' WHEN j.represented THEN 'D' ELSE 'E' END AS grp,
    CASE WHEN j.paid THEN 'paid_into_account' WHEN j.refuses THEN 'refusal_on_file'
        WHEN j.suspended THEN 'account_suspended' WHEN j.failed THEN 'account_failed'
        WHEN j.waits THEN 'account_waits' WHEN j.coming THEN 'account_next_month'
        WHEN j.can_open THEN 'can_open' WHEN j.represented THEN 'payee_without_account'
        ELSE 'nobody_receives' END AS why,
    CASE WHEN j.paid THEN '{}'::text[] ELSE
        CASE WHEN j.minor THEN ARRAY['minor'] ELSE '{}'::text[] END
        || CASE WHEN j.incapable THEN ARRAY['incapable'] ELSE '{}'::text[] END
        || CASE WHEN j.unnumbered THEN ARRAY['no_number'] ELSE '{}'::text[] END
        || coalesce(j.codes::text[], '{}'::text[]) END AS reasons,
    j.can_open
FROM judged AS j;
GRANT SELECT ON payees_grouped TO ansinh_app;
"""


class Migration(migrations.Migration):
    dependencies = [("payees", "0003_rounds")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(FOLLOW, "DROP FUNCTION payees_follow_readiness CASCADE"),
        migrations.RunSQL(GROUPED, "DROP VIEW payees_grouped"),
        *[
            migrations.RunSQL(
                life.guard_trigger_sql(table, "state"), f"DROP FUNCTION {table}_state_guard CASCADE"
            )
            for life, table in ((ROUND, "payees_round"), (PLACE, "payees_place"))
        ],
    ]
