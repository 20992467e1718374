# SPDX-License-Identifier: MPL-2.0
"""Row-level security, states along their edges, one payee and one account a month, rows that follow a
person who moves, the first figures, and the view that payroll reads."""

from django.db import migrations

from ansinh.payees.lifecycles import ACCOUNT, MANDATE, NOTICE
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    "payees_account", "payees_accountevent", "payees_notice", "payees_mandate", "payees_mandateaward",
    "payees_incapacity",
)  # fmt: skip

# daterange of half-open months; an empty one (replaced before its first month) overlaps nothing.
ONE_A_MONTH = """
ALTER TABLE payees_account ADD CONSTRAINT payees_account_one_a_month EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int8range(coalesce(mandate_id, 0), coalesce(mandate_id, 0), '[]') WITH &&,
    daterange(usable_from, usable_until) WITH &&) WHERE (usable_from IS NOT NULL);
ALTER TABLE payees_mandate ADD CONSTRAINT payees_mandate_one_a_month EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&, daterange(pays_from, pays_until) WITH &&)
    WHERE (all_awards AND state IN ('active', 'ended', 'revoked'));
ALTER TABLE payees_mandateaward ADD CONSTRAINT payees_mandateaward_one_a_month EXCLUDE USING gist (
    int8range(award_id, award_id, '[]') WITH &&, daterange(pays_from, pays_until) WITH &&)
    WHERE (pays_from IS NOT NULL);
"""
NOT_ONE_A_MONTH = """
ALTER TABLE payees_account DROP CONSTRAINT payees_account_one_a_month;
ALTER TABLE payees_mandate DROP CONSTRAINT payees_mandate_one_a_month;
ALTER TABLE payees_mandateaward DROP CONSTRAINT payees_mandateaward_one_a_month;
"""

# A person who moves takes their payees along: the new commune sees them, the old one does not. As the
# tables' owner, because events may not be updated by the application.
FOLLOW = """
CREATE FUNCTION payees_follow_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $follow$
BEGIN
    UPDATE payees_account SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    UPDATE payees_accountevent SET commune_id = NEW.commune_id
        WHERE account_id IN (SELECT id FROM payees_account WHERE person_id = NEW.id);
    UPDATE payees_mandate SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    UPDATE payees_mandateaward SET commune_id = NEW.commune_id
        WHERE mandate_id IN (SELECT id FROM payees_mandate WHERE person_id = NEW.id);
    UPDATE payees_incapacity SET commune_id = NEW.commune_id WHERE person_id = NEW.id;
    UPDATE payees_notice SET commune_id = NEW.commune_id WHERE person_id = NEW.id AND state <> 'sent';
    RETURN NULL;
END
$follow$;
CREATE TRIGGER payees_follow_person AFTER UPDATE OF commune_id ON registry_person FOR EACH ROW
    WHEN (OLD.commune_id IS DISTINCT FROM NEW.commune_id) EXECUTE FUNCTION payees_follow_person();
"""

RULES = """
INSERT INTO payees_payrule (valid_from, cut_off_day, cooling_days, own_account_age, majority_age,
    proxy_alert, proxy_cap, mandate_months, reminder_days, reference)
VALUES ('2013-01-01', 25, 10, 15, 18, 3, 10, 12, 30,
    'NĐ 20/2021 Điều 34; TT 44/2022 Điều 8; TT 17/2024/TT-NHNN Điều 11; BLDS 2015 Điều 20; hạn uỷ quyền và ngưỡng: đặt theo địa phương');
"""

# The month that is asked about: set with SET LOCAL by whoever calculates, else the month after today,
# whose list is being prepared.
PERIOD = """
CREATE FUNCTION payees_period() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $period$
    SELECT coalesce(nullif(current_setting('ansinh.period', true), '')::date,
        (date_trunc('month', current_date) + interval '1 month')::date)
$period$;
"""

PAYABLE = """
CREATE VIEW payees_payable WITH (security_invoker = true) AS
WITH asked AS MATERIALIZED (
    SELECT (SELECT payees_period()) AS period, r.own_account_age
    FROM payees_payrule AS r WHERE r.valid_from <= (SELECT payees_period())
    ORDER BY r.valid_from DESC LIMIT 1
), mandate AS (
    SELECT m.id, m.person_id, m.kind, m.payee_person_id, m.payee_name, m.all_awards, m.pays_from,
        m.pays_until
    FROM payees_mandate AS m CROSS JOIN asked
    WHERE m.state IN ('active', 'ended', 'revoked') AND m.pays_from <= asked.period
        AND (m.pays_until IS NULL OR asked.period < m.pays_until)
), way AS (
    SELECT p.id AS person_id, NULL::bigint AS award_id, m.id AS mandate_id
    FROM registry_person AS p LEFT JOIN mandate AS m ON m.person_id = p.id AND m.all_awards
    WHERE p.life <> 'dead' AND p.merged_into_id IS NULL
    UNION ALL
    SELECT p.id, s.award_id, m.id
    FROM mandate AS m JOIN payees_mandateaward AS s ON s.mandate_id = m.id
    JOIN registry_person AS p ON p.id = m.person_id
    WHERE NOT m.all_awards AND p.life <> 'dead' AND p.merged_into_id IS NULL
), account AS (
    SELECT a.id, a.person_id, a.mandate_id, a.channel, a.bank, a.number_enc, a.number_bidx,
        a.number_last4, a.holder_name, a.usable_from, a.usable_until, a.state
    FROM payees_account AS a CROSS JOIN asked
    WHERE a.usable_from <= asked.period AND (a.usable_until IS NULL OR asked.period < a.usable_until)
), incapable AS (
    SELECT DISTINCT i.person_id FROM payees_incapacity AS i CROSS JOIN asked
    WHERE i.since <= asked.period AND (i.until IS NULL OR asked.period < i.until)
)
SELECT
    p.id AS person_id,
    p.commune_id,
    w.award_id,
    coalesce(m.kind, 'self') AS payee_kind,
    m.payee_person_id,
    coalesce(m.payee_name, p.name) AS payee_name,
    m.id AS mandate_id,
    CASE WHEN a.id IS NOT NULL THEN a.channel
        WHEN m.kind IN ('institution', 'deposit_book') THEN 'institution'
        WHEN p.channel = 'home' THEN 'home' ELSE 'pay_point' END AS channel,
    a.id AS account_id,
    coalesce(a.bank, '') AS bank,
    a.number_enc AS account_enc,
    a.number_bidx AS account_bidx,
    coalesce(a.number_last4, '') AS account_last4,
    coalesce(a.holder_name, '') AS holder_name,
    greatest(a.usable_from, m.pays_from, DATE '1900-01-01') AS usable_from,
    CASE WHEN heir.life = 'dead' THEN 'payee_dead'
        WHEN coalesce(m.kind, 'self') IN ('self', 'proxy')
            AND (i.person_id IS NOT NULL
                OR p.born_on + make_interval(years => asked.own_account_age) > asked.period)
            THEN 'needs_representative'
        WHEN a.state = 'suspended' THEN 'account_suspended'
        ELSE '' END AS hold,
    least(a.usable_until, m.pays_until) AS usable_until
FROM way AS w
CROSS JOIN asked
JOIN registry_person AS p ON p.id = w.person_id
LEFT JOIN mandate AS m ON m.id = w.mandate_id
LEFT JOIN account AS a ON a.person_id = w.person_id AND coalesce(a.mandate_id, 0) = coalesce(w.mandate_id, 0)
LEFT JOIN registry_person AS heir ON heir.id = m.payee_person_id
LEFT JOIN incapable AS i ON i.person_id = p.id;
GRANT SELECT ON payees_payable TO ansinh_app;
"""


class Migration(migrations.Migration):
    dependencies = [("payees", "0001_initial"), ("registry", "0002_guards"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(ONE_A_MONTH, NOT_ONE_A_MONTH),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION payees_follow_person CASCADE"),
        migrations.RunSQL(RULES, "DELETE FROM payees_payrule"),
        migrations.RunSQL(PERIOD, "DROP FUNCTION payees_period"),
        migrations.RunSQL(PAYABLE, "DROP VIEW payees_payable"),
        *[
            migrations.RunSQL(
                life.guard_trigger_sql(table, "state"), f"DROP FUNCTION {table}_state_guard CASCADE"
            )
            for life, table in (
                (ACCOUNT, "payees_account"),
                (MANDATE, "payees_mandate"),
                (NOTICE, "payees_notice"),
            )
        ],
    ]
