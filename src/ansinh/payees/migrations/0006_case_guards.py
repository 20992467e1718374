# SPDX-License-Identifier: MPL-2.0
"""Row-level security and guards of cases and enquiries; an open case that holds holds the payment."""

from django.db import migrations

from ansinh.payees.lifecycles import CASE, ENQUIRY
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = (
    ("payees_case", "commune_id"), ("payees_caseperson", "commune_id"), ("payees_enquiry", "unit_id"),
    ("payees_enquiryline", "commune_id"),
)  # fmt: skip

PAYABLE = """
CREATE OR REPLACE VIEW payees_payable WITH (security_invoker = true) AS
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
), doubted AS (
    SELECT DISTINCT c.account_id FROM payees_caseperson AS c JOIN payees_case AS k ON k.id = c.case_id
    WHERE k.state = 'open' AND k.holds AND c.account_id IS NOT NULL
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
        WHEN d.account_id IS NOT NULL THEN 'case_open'
        ELSE '' END AS hold,
    least(a.usable_until, m.pays_until) AS usable_until
FROM way AS w
CROSS JOIN asked
JOIN registry_person AS p ON p.id = w.person_id
LEFT JOIN mandate AS m ON m.id = w.mandate_id
LEFT JOIN account AS a ON a.person_id = w.person_id AND coalesce(a.mandate_id, 0) = coalesce(w.mandate_id, 0)
LEFT JOIN registry_person AS heir ON heir.id = m.payee_person_id
LEFT JOIN incapable AS i ON i.person_id = p.id
LEFT JOIN doubted AS d ON d.account_id = a.id;
"""


class Migration(migrations.Migration):
    dependencies = [("payees", "0005_cases")]

    operations = [
        *[
            migrations.RunSQL(row_security_sql(table, column), drop_row_security_sql(table))
            for table, column in TABLES
        ],
        migrations.RunSQL(PAYABLE, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                life.guard_trigger_sql(table, "state"), f"DROP FUNCTION {table}_state_guard CASCADE"
            )
            for life, table in ((CASE, "payees_case"), (ENQUIRY, "payees_enquiry"))
        ],
    ]
