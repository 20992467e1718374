# SPDX-License-Identifier: MPL-2.0
"""SQL that got in through a hole may run SET: without the proof of this transaction it sees nothing."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from ansinh.config import database, production
from ansinh.config.setup import keep_key
from ansinh.registry.models import Person
from ansinh.staff.scope import ALL, current, declare, limit_to, open_to_all, units_scope
from tests.conftest import units

PEOPLE = "SELECT count(*) FROM registry_person"


@pytest.fixture
def app(committed_database: str) -> Iterator[psycopg.Connection]:
    """The application's role on a connection of its own, in a database with two people."""
    with transaction.atomic():
        open_to_all()
        for unit in units():
            Person.objects.create(
                name="Hồ Thị Kín", name_folded="ho thi kin", sort_key="x", born_on="1950-01-01",
                born_precision="day", commune=unit, changed_at="2024-03-05T00:00:00Z",
            )  # fmt: skip
    with database.connect("app", name=committed_database) as connected:
        yield connected
        connected.rollback()


def setting(app: psycopg.Connection) -> str:
    row = app.execute("SELECT current_setting('ansinh.scope', true)").fetchone()
    return str(row[0] if row else "")


def seen(app: psycopg.Connection) -> int:
    row = app.execute(PEOPLE).fetchone()
    return int(row[0]) if row else -1


def test_a_scope_that_was_only_set_is_refused(app: psycopg.Connection) -> None:
    for scope in (ALL, "{1,2,3}", "*|", "*|" + "0" * 64, "|", "{1}|x|y"):
        app.execute(f"SET LOCAL ansinh.scope = '{scope}'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no proof"):
            seen(app)
        app.rollback()


def test_the_proof_of_a_narrow_scope_does_not_open_a_wide_one(app: psycopg.Connection) -> None:
    declare(cursor=app.cursor(), scope=units_scope([units()[0].pk]))
    assert seen(app) == 1
    _scope, _bar, proof = setting(app).partition("|")
    app.execute(f"SET LOCAL ansinh.scope = '*|{proof}'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        seen(app)


def test_a_proof_seen_elsewhere_is_of_another_transaction(app: psycopg.Connection) -> None:
    declare(cursor=app.cursor(), scope=ALL)
    assert seen(app) == 2
    copied = setting(app)
    app.rollback()
    app.execute(f"SET LOCAL ansinh.scope = '{copied}'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        seen(app)


def test_a_key_of_ones_own_is_not_asked(app: psycopg.Connection, committed_database: str) -> None:
    app.execute("CREATE TEMPORARY TABLE staff_scopekey AS SELECT true AS only_row,"
                " repeat('6', 64)::bytea AS inner_key, repeat(chr(92), 64)::bytea AS outer_key")  # fmt: skip
    began = app.execute("SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint").fetchone()
    forged = app.execute(
        "SELECT encode(sha256(outer_key || sha256(inner_key || convert_to(%s, 'UTF8'))), 'hex')"
        " FROM staff_scopekey", [f"*|{began[0] if began else 0}"],
    ).fetchone()  # fmt: skip
    app.execute(f"SET LOCAL ansinh.scope = '*|{forged[0] if forged else ''}'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no proof"):
        seen(app)


def test_the_application_may_not_read_or_write_the_key(app: psycopg.Connection) -> None:
    for statement in ("SELECT * FROM staff_scopekey", "UPDATE staff_scopekey SET inner_key = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="staff_scopekey"):
            app.execute(statement)
        app.rollback()


def test_another_key_in_the_database_opens_nothing_until_it_is_written_again(
    app: psycopg.Connection, committed_database: str
) -> None:
    with database.connect("owner", name=committed_database, autocommit=True) as owner:
        owner.execute("UPDATE staff_scopekey SET inner_key = 'another'")
        declare(cursor=app.cursor(), scope=ALL)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            seen(app)
        app.rollback()
        assert [each.passed for each in production._scope_proof(app)] == [False]
        keep_key(owner=owner)
    app.rollback()
    assert [each.passed for each in production._scope_proof(app)] == [True]
    declare(cursor=app.cursor(), scope=ALL)
    assert seen(app) == 2


def test_each_statement_asks_for_the_proof_once(db: None) -> None:
    limit_to(unit_ids=[units()[0].pk])
    assert current() == units_scope([units()[0].pk])
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT TEXT) SELECT * FROM registry_person")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert plan.count("\n  InitPlan") == 2
    assert "Filter: ((InitPlan 1).col1 OR (commune_id = ANY ((InitPlan 2).col1)))" in plan
