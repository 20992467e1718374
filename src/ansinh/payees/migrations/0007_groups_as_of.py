# SPDX-License-Identifier: MPL-2.0
"""The groups again, in fewer passes, saying who is eligible; the same groups as they were on a past day;
and the view that payroll reads, without a second pass over the people.

Scalars (the month, the last birth) stand in sub-selects: each is worked out once a statement. What is
known of a person is one grouping of bits instead of six. A million people: bench/payees.py.
"""

from django.db import migrations, models

WORDS = {
    "{PERIOD}": "(SELECT payees_period())",
    "{CUT}": "(SELECT payees_as_of_end())",
    "{DAY}": "(SELECT payees_as_of_day())",
}


def said(text: str, **words: str) -> str:
    """The statement with its words in their places."""
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    for name, value in WORDS.items():
        text = text.replace(name, value)
    return text


# Whoever was born after this day holds no account alone in the month: months begin on the first, so
# that 29 February needs no word of its own. The second is the end of the day that is asked about.
SCALARS = """
CREATE FUNCTION payees_last_birth() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $birth$
    SELECT (payees_period() - make_interval(years => r.own_account_age))::date
    FROM payees_payrule AS r WHERE r.valid_from <= payees_period() ORDER BY r.valid_from DESC LIMIT 1
$birth$;
CREATE FUNCTION payees_as_of_end() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $end$
    SELECT coalesce(
        (nullif(current_setting('ansinh.as_of', true), '')::date + 1)::timestamp
            AT TIME ZONE 'Asia/Ho_Chi_Minh', 'infinity'::timestamptz)
$end$;
"""
DROP_SCALARS = "DROP FUNCTION payees_last_birth(); DROP FUNCTION payees_as_of_end();"

# Today: what is on file.
PEOPLE = """
    SELECT p.id, p.commune_id, p.hamlet, p.born_on, p.number_bidx IS NULL AS unnumbered
    FROM registry_person AS p
    WHERE p.life <> 'dead' AND p.merged_into_id IS NULL"""
MANDATES = """
    SELECT m.id, m.person_id, m.all_awards FROM payees_mandate AS m
    WHERE m.state IN ('active', 'ended', 'revoked') AND m.pays_from <= {PERIOD}
        AND (m.pays_until IS NULL OR m.pays_until > {PERIOD})"""
ACCOUNTS = """
    SELECT a.person_id, a.mandate_id, a.state, a.usable_from, a.usable_until FROM payees_account AS a"""
KNOWN = {"obstacle": "true", "refusal": "true", "incapable": "true"}

# On a past day: an account is in the state that its first later event left; what ended it later had not
# yet; a mandate that was ended later held as its paper says (a month counts when it holds on the 20th);
# whoever died later lived, where they lived then; what was written down later was not known.
PEOPLE_THEN = """
    SELECT p.id, coalesce(h.commune_id, p.commune_id) AS commune_id, coalesce(h.hamlet, p.hamlet) AS hamlet,
        p.born_on, p.number_bidx IS NULL AS unnumbered
    FROM registry_person AS p
    LEFT JOIN registry_residence AS h ON h.person_id = p.id AND {CUT} < 'infinity'
        AND h.validity @> {DAY}
    WHERE p.merged_into_id IS NULL AND (p.life <> 'dead' OR p.life_since > {DAY})"""
MANDATES_THEN = """
    SELECT m.id, m.person_id, m.all_awards FROM payees_mandate AS m
    WHERE m.state IN ('active', 'ended', 'revoked') AND m.pays_from <= {PERIOD}
        AND (m.decided_at IS NULL OR m.decided_at < {CUT})
        AND CASE WHEN m.ended_at >= {CUT} THEN m.ends_on IS NULL OR m.ends_on > {PERIOD} + 19
            ELSE m.pays_until IS NULL OR m.pays_until > {PERIOD} END"""
ACCOUNTS_THEN = """
    SELECT a.person_id, a.mandate_id, coalesce(l.from_state, a.state) AS state,
        CASE WHEN a.decided_at >= {CUT} THEN NULL ELSE a.usable_from END AS usable_from,
        CASE WHEN u.id IS NULL THEN a.usable_until END AS usable_until
    FROM payees_account AS a
    LEFT JOIN (
        SELECT DISTINCT ON (e.account_id) e.account_id, e.from_state FROM payees_accountevent AS e
        WHERE e.at >= payees_as_of_end() ORDER BY e.account_id, e.at, e.id
    ) AS l ON l.account_id = a.id
    LEFT JOIN (
        SELECT e.account_id AS id FROM payees_accountevent AS e
        WHERE e.at >= payees_as_of_end() AND e.event = 'close'
        UNION
        SELECT n.replaces_id FROM payees_accountevent AS e JOIN payees_account AS n ON n.id = e.account_id
        WHERE e.at >= payees_as_of_end() AND e.event = 'approve' AND n.replaces_id IS NOT NULL
    ) AS u ON u.id = a.id
    WHERE a.made_at < {CUT}"""
DAY = """
CREATE FUNCTION payees_as_of_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $day$
    SELECT coalesce(nullif(current_setting('ansinh.as_of', true), '')::date, 'infinity'::date)
$day$;
"""
DROP_DAY = "DROP FUNCTION payees_as_of_day();"
KNOWN_THEN = {
    "obstacle": "o.since <= {DAY}",
    "refusal": "f.recorded_at < {CUT}",
    "incapable": "i.made_at < {CUT}",
}
# The day from which something that ended no longer holds: the month's first day, or on a past day the
# day itself, because nobody knew of an end that came later.
UNTIL, UNTIL_THEN = "{PERIOD}", "least({PERIOD}, {DAY})"


# Everybody with an award in the month, once. What is known of a person comes together as bits in one
# grouping: 1 an award; an account that 2 is coming, 4 waits, 8 failed, 16 is suspended; paid 32 into a
# payee's, 64 into their own; 128 somebody receives, 256 for every award; 512 something prevents; 1024
# refuses; 2048 incapable. The outer join keeps the planner from looking up each person by itself, because
# it cannot know how many there are. The CASE has an ELSE: whoever nothing else fits has nobody.
GROUPED = """
CREATE VIEW {name} WITH (security_invoker = true) AS
WITH mandate AS NOT MATERIALIZED ({mandates}
), fact AS (
    SELECT f.person_id, bit_or(f.bits) AS bits FROM (
        SELECT w.person_id, 1 AS bits FROM registry_award AS w
        WHERE NOT w.voided AND w.first_month <= {PERIOD} AND (w.end_month IS NULL OR w.end_month >= {PERIOD})
        UNION ALL
        SELECT a.person_id, CASE WHEN a.state = 'suspended' THEN 16
            WHEN a.usable_from <= {PERIOD} AND (a.usable_until IS NULL OR a.usable_until > {PERIOD})
                THEN CASE WHEN a.mandate_id IS NULL THEN 64 WHEN m.id IS NOT NULL THEN 32 ELSE 0 END
            WHEN a.state IN ('format_failed', 'identity_failed', 'holder_failed') THEN 8
            WHEN a.state IN ('declared', 'format_checked', 'identity_checked', 'holder_checked') THEN 4
            WHEN a.usable_from > {PERIOD} AND (a.usable_until IS NULL OR a.usable_until > a.usable_from) THEN 2
            ELSE 0 END
        FROM ({accounts}
        ) AS a LEFT JOIN mandate AS m ON m.id = a.mandate_id
        WHERE a.state NOT IN ('refused', 'withdrawn', '')
        UNION ALL
        SELECT m.person_id, CASE WHEN m.all_awards THEN 384 ELSE 128 END FROM mandate AS m
        UNION ALL
        SELECT o.person_id, 512 FROM payees_obstacle AS o
        WHERE o.prevents AND o.since < (SELECT payees_period() + interval '1 month')
            AND (o.until IS NULL OR o.until > {until}) AND {obstacle_known}
        UNION ALL
        SELECT f.person_id, 1024 FROM payees_refusal AS f
        WHERE f.signed_on < (SELECT payees_period() + interval '1 month')
            AND (f.until IS NULL OR f.until > {until}) AND {refusal_known}
        UNION ALL
        SELECT i.person_id, 2048 FROM payees_incapacity AS i
        WHERE i.since <= {PERIOD} AND (i.until IS NULL OR i.until > {until}) AND {incapable_known}
    ) AS f GROUP BY f.person_id
), obstacle AS (
    SELECT o.person_id, array_agg(o.code::text ORDER BY o.code) AS codes FROM payees_obstacle AS o
    WHERE o.since < (SELECT payees_period() + interval '1 month') AND (o.until IS NULL OR o.until > {until})
        AND {obstacle_known}
    GROUP BY o.person_id
), judged AS (
    SELECT p.id AS person_id, p.commune_id, p.hamlet, f.bits, o.codes,
        p.born_on > (SELECT payees_last_birth()) AS minor, p.unnumbered,
        f.bits & 32 > 0 OR f.bits & 320 = 64 AS paid,
        NOT (p.born_on > (SELECT payees_last_birth()) OR p.unnumbered OR f.bits & 2560 > 0) AS can_open
    FROM ({people}
    ) AS p
    LEFT JOIN fact AS f ON f.person_id = p.id
    LEFT JOIN obstacle AS o ON o.person_id = p.id
    WHERE coalesce(f.bits, 0) & 1 > 0
)
SELECT j.person_id, j.commune_id,
    CASE WHEN j.paid THEN 'A' WHEN j.bits & 1024 > 0 THEN 'F' WHEN j.bits & 30 > 0 THEN 'B'
        WHEN j.can_open THEN 'C' WHEN j.bits & 128 > 0 THEN 'D' ELSE 'E' END AS grp,
    CASE WHEN j.paid THEN 'paid_into_account' WHEN j.bits & 1024 > 0 THEN 'refusal_on_file'
        WHEN j.bits & 16 > 0 THEN 'account_suspended' WHEN j.bits & 8 > 0 THEN 'account_failed'
        WHEN j.bits & 4 > 0 THEN 'account_waits' WHEN j.bits & 2 > 0 THEN 'account_next_month'
        WHEN j.can_open THEN 'can_open' WHEN j.bits & 128 > 0 THEN 'payee_without_account'
        ELSE 'nobody_receives' END AS why,
    CASE WHEN j.paid THEN '{}'::text[]
        WHEN NOT (j.minor OR j.unnumbered OR j.bits & 2048 > 0) THEN coalesce(j.codes, '{}'::text[])
        ELSE CASE WHEN j.minor THEN ARRAY['minor'] ELSE '{}'::text[] END
            || CASE WHEN j.bits & 2048 > 0 THEN ARRAY['incapable'] ELSE '{}'::text[] END
            || CASE WHEN j.unnumbered THEN ARRAY['no_number'] ELSE '{}'::text[] END
            || coalesce(j.codes, '{}'::text[]) END AS reasons,
    j.can_open,
    j.paid OR j.can_open OR j.bits & 158 > 0 AS eligible,
    j.hamlet
FROM judged AS j;
GRANT SELECT ON {name} TO ansinh_app;
"""


def grouped(
    name: str, *, people: str, mandates: str, accounts: str, known: dict[str, str], until: str
) -> str:
    """The view over one set of sources: what is on file, or what was so on a day."""
    return said(
        GROUPED, name=name, people=people, mandates=mandates, accounts=accounts, until=until,
        **{f"{each}_known": text for each, text in known.items()},
    )  # fmt: skip


NOW = grouped("payees_grouped", people=PEOPLE, mandates=MANDATES, accounts=ACCOUNTS, known=KNOWN, until=UNTIL)
THEN = grouped(
    "payees_grouped_then", people=PEOPLE_THEN, mandates=MANDATES_THEN, accounts=ACCOUNTS_THEN,
    known=KNOWN_THEN, until=UNTIL_THEN,
)  # fmt: skip

PAYABLE = """
CREATE OR REPLACE VIEW payees_payable WITH (security_invoker = true) AS
WITH mandate AS NOT MATERIALIZED (
    SELECT m.id, m.person_id, m.kind, m.payee_person_id, m.payee_name, m.all_awards, m.pays_from,
        m.pays_until
    FROM payees_mandate AS m
    WHERE m.state IN ('active', 'ended', 'revoked') AND m.pays_from <= {PERIOD}
        AND (m.pays_until IS NULL OR m.pays_until > {PERIOD})
), way AS (
    SELECT p.id AS person_id, p.commune_id, p.name, p.channel AS wish, p.born_on, NULL::bigint AS award_id,
        m.id AS mandate_id, m.kind, m.payee_person_id, m.payee_name, m.pays_from, m.pays_until
    FROM registry_person AS p LEFT JOIN mandate AS m ON m.person_id = p.id AND m.all_awards
    WHERE p.life <> 'dead' AND p.merged_into_id IS NULL
    UNION ALL
    SELECT p.id, p.commune_id, p.name, p.channel, p.born_on, s.award_id,
        m.id, m.kind, m.payee_person_id, m.payee_name, m.pays_from, m.pays_until
    FROM mandate AS m JOIN payees_mandateaward AS s ON s.mandate_id = m.id
    JOIN registry_person AS p ON p.id = m.person_id
    WHERE NOT m.all_awards AND p.life <> 'dead' AND p.merged_into_id IS NULL
), incapable AS (
    SELECT DISTINCT i.person_id FROM payees_incapacity AS i
    WHERE i.since <= {PERIOD} AND (i.until IS NULL OR i.until > {PERIOD})
), doubted AS (
    SELECT DISTINCT c.account_id FROM payees_caseperson AS c JOIN payees_case AS k ON k.id = c.case_id
    WHERE k.state = 'open' AND k.holds AND c.account_id IS NOT NULL
)
SELECT
    w.person_id,
    w.commune_id,
    w.award_id,
    coalesce(w.kind, 'self') AS payee_kind,
    w.payee_person_id,
    coalesce(w.payee_name, w.name) AS payee_name,
    w.mandate_id,
    CASE WHEN a.id IS NOT NULL THEN a.channel
        WHEN w.kind IN ('institution', 'deposit_book') THEN 'institution'
        WHEN w.wish = 'home' THEN 'home' ELSE 'pay_point' END AS channel,
    a.id AS account_id,
    coalesce(a.bank, '') AS bank,
    a.number_enc AS account_enc,
    a.number_bidx AS account_bidx,
    coalesce(a.number_last4, '') AS account_last4,
    coalesce(a.holder_name, '') AS holder_name,
    greatest(a.usable_from, w.pays_from, DATE '1900-01-01') AS usable_from,
    CASE WHEN heir.life = 'dead' THEN 'payee_dead'
        WHEN coalesce(w.kind, 'self') IN ('self', 'proxy')
            AND (i.person_id IS NOT NULL OR w.born_on > (SELECT payees_last_birth()))
            THEN 'needs_representative'
        WHEN a.state = 'suspended' THEN 'account_suspended'
        WHEN d.account_id IS NOT NULL THEN 'case_open'
        ELSE '' END AS hold,
    least(a.usable_until, w.pays_until) AS usable_until
FROM way AS w
LEFT JOIN payees_account AS a ON a.person_id = w.person_id
    AND coalesce(a.mandate_id, 0) = coalesce(w.mandate_id, 0)
    AND a.usable_from <= {PERIOD} AND (a.usable_until IS NULL OR a.usable_until > {PERIOD})
LEFT JOIN registry_person AS heir ON heir.id = w.payee_person_id
LEFT JOIN incapable AS i ON i.person_id = w.person_id
LEFT JOIN doubted AS d ON d.account_id = a.id;
"""


class Migration(migrations.Migration):
    dependencies = [("payees", "0006_case_guards"), ("registry", "0003_history_goes_with_the_person")]

    operations = [
        migrations.AddIndex(
            model_name="accountevent", index=models.Index(fields=["at"], name="payees_event_at")
        ),
        migrations.RunSQL(SCALARS, DROP_SCALARS),
        migrations.RunSQL(DAY, DROP_DAY),
        migrations.RunSQL("DROP VIEW payees_grouped", migrations.RunSQL.noop),
        migrations.RunSQL(NOW, "DROP VIEW payees_grouped"),
        migrations.RunSQL(THEN, "DROP VIEW payees_grouped_then"),
        migrations.RunSQL(said(PAYABLE), migrations.RunSQL.noop),
    ]
