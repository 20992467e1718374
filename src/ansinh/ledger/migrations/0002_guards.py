# SPDX-License-Identifier: MPL-2.0
"""Append-only by trigger as well as by grant; the moves as constants; nothing enters a closed month;
a reversal mirrors what it reverses; views of entries, balances, conservation and persons."""

from django.db import migrations

from ansinh.rules.postings import HOLDING, accounts_sql, moves_sql
from ansinh.staff.scope import drop_row_security_sql, row_security_sql

TABLES = ("ledger_posting", "ledger_budget", "ledger_closing", "ledger_closedbalance")
VIEWS = ("ledger_entry", "ledger_balance", "ledger_conservation", "ledger_person")

MOVES = f"""
ALTER TABLE ledger_posting ADD CONSTRAINT ledger_posting_move CHECK (
    (reverses_id IS NULL AND (cause, debit, credit) IN ({moves_sql()}))
    OR (reverses_id IS NOT NULL AND (cause, credit, debit) IN ({moves_sql()})));
ALTER TABLE ledger_closedbalance ADD CONSTRAINT ledger_closedbalance_account CHECK (
    account IN ({accounts_sql()}));
"""

GUARDED = "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();\n"
    for table in TABLES
)
APPEND_ONLY = f"""
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION '% is append-only: reverse instead', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END
$guard$;
{GUARDED}
"""

# One look a statement, not a row; EXECUTE plans it with the sizes at hand.
CLOSED = """
CREATE FUNCTION ledger_month_is_open() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    found record;
BEGIN
    -- Closing takes this lock alone: it waits for us, or we wait and then see that it closed.
    PERFORM pg_advisory_xact_lock_shared(hashtext('ledger.close'));
    EXECUTE 'SELECT closed.source, closed.month FROM ledger_closing AS closed
        WHERE (closed.source, closed.commune_id) IN (SELECT source, commune_id FROM new_rows)
        AND closed.month >= (SELECT min(booked) FROM new_rows)
        AND EXISTS (SELECT 1 FROM new_rows WHERE new_rows.source = closed.source
            AND new_rows.commune_id = closed.commune_id AND new_rows.booked <= closed.month) LIMIT 1'
        INTO found;
    IF found.month IS NOT NULL THEN
        RAISE EXCEPTION 'month % of % is closed: book in the open month', found.month, found.source
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER ledger_posting_open_month AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ledger_month_is_open();
"""

REVERSAL = """
CREATE FUNCTION ledger_reversal_mirrors() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM ledger_posting AS was WHERE was.id = NEW.reverses_id AND was.reverses_id IS NULL
        AND was.debit = NEW.credit AND was.credit = NEW.debit AND was.amount_vnd = NEW.amount_vnd
        AND was.source = NEW.source AND was.commune_id = NEW.commune_id AND was.period = NEW.period
        AND was.person_id IS NOT DISTINCT FROM NEW.person_id) THEN
        RAISE EXCEPTION 'a reversal mirrors the posting that it reverses' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER ledger_posting_reversal BEFORE INSERT ON ledger_posting
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger_reversal_mirrors();
"""

_SUMS = ",\n    ".join(
    f"coalesce(sum(balance_vnd) FILTER (WHERE account = '{account}'), 0)::bigint AS {account}"
    for account in HOLDING
)
GRANTED = "".join(f"GRANT SELECT ON {view} TO ansinh_app;\n" for view in VIEWS)
ENTRIES = """
CREATE VIEW ledger_entry WITH (security_invoker = true) AS
    SELECT id AS posting_id, source, commune_id, period, booked, person_id, debit AS account,
        amount_vnd AS signed_vnd FROM ledger_posting
    UNION ALL
    SELECT id, source, commune_id, period, booked, person_id, credit, -amount_vnd FROM ledger_posting;
CREATE VIEW ledger_balance WITH (security_invoker = true) AS
    SELECT source, commune_id, period, account, sum(signed_vnd)::bigint AS balance_vnd
    FROM ledger_entry GROUP BY source, commune_id, period, account;
CREATE VIEW ledger_conservation WITH (security_invoker = true) AS
    SELECT source, commune_id, period,
    coalesce(-sum(balance_vnd) FILTER (WHERE account = 'approved'), 0)::bigint AS approved,
    -- held
    coalesce(sum(balance_vnd) FILTER (WHERE account = 'suspense'), 0)::bigint AS suspense,
    coalesce(sum(balance_vnd) FILTER (WHERE account = 'recoverable'), 0)::bigint AS recoverable
    FROM ledger_balance GROUP BY source, commune_id, period;
CREATE VIEW ledger_person WITH (security_invoker = true) AS
    SELECT person_id, source, commune_id, period,
    coalesce(-sum(signed_vnd) FILTER (WHERE account = 'approved'), 0)::bigint AS due,
    coalesce(sum(signed_vnd) FILTER (WHERE account IN ('paid_account', 'paid_cash')), 0)::bigint AS paid,
    coalesce(sum(signed_vnd) FILTER (WHERE account = 'returned'), 0)::bigint AS returned,
    coalesce(sum(signed_vnd) FILTER (WHERE account = 'refunded_budget'), 0)::bigint AS refunded,
    coalesce(sum(signed_vnd) FILTER (WHERE account IN ('waiting', 'at_bank', 'cash_with_agent')), 0)::bigint
        AS on_the_way,
    coalesce(sum(signed_vnd) FILTER (WHERE account = 'recoverable'), 0)::bigint AS recoverable,
    coalesce(sum(signed_vnd) FILTER (WHERE account = 'recovered'), 0)::bigint AS recovered
    FROM ledger_entry WHERE person_id IS NOT NULL GROUP BY person_id, source, commune_id, period;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("staff", "0003_scope")]

    operations = [
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in TABLES],
        migrations.RunSQL(
            MOVES,
            "ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_move;"
            "ALTER TABLE ledger_closedbalance DROP CONSTRAINT ledger_closedbalance_account;",
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION ledger_append_only CASCADE"),
        migrations.RunSQL(CLOSED, "DROP FUNCTION ledger_month_is_open CASCADE"),
        migrations.RunSQL(REVERSAL, "DROP FUNCTION ledger_reversal_mirrors CASCADE"),
        migrations.RunSQL(
            ENTRIES.replace("-- held", f"{_SUMS},") + GRANTED, "DROP VIEW " + ", ".join(reversed(VIEWS))
        ),
    ]
