# SPDX-License-Identifier: MPL-2.0
"""Balanced postings, reversals once, budgets, closed months: in the actions and in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from ansinh.config import database
from ansinh.ledger.actions import (
    ClosedAlready,
    ReversedAlready,
    SuspenseOpen,
    close_month,
    post,
    record_budget,
    reverse,
)
from ansinh.ledger.models import ClosedBalance, Posting
from ansinh.ledger.queries import conservation, open_month, person_money
from ansinh.rules.months import Month
from ansinh.rules.postings import MOVES, Account
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from ansinh.statements import statement
from tests.conftest import units

AT = datetime(2024, 3, 10, tzinfo=UTC)
MARCH = date(2024, 3, 1)
INVARIANTS = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M10")


def put(
    cause: str, amount: int, *, seq: int = 0, fact: int = 1, which: int = 0, booked: date = MARCH,
    person: int | None = 7, source: str = "merit",
) -> int:  # fmt: skip
    debit, credit = MOVES[cause][which]
    moves = (
        "SELECT %(source)s::text AS source, %(commune)s::bigint AS commune_id, %(period)s::date AS period,"
        " %(cause)s::text AS cause, %(debit)s::text AS debit, %(credit)s::text AS credit,"
        " %(amount)s::bigint AS amount_vnd, %(person)s::bigint AS person_id, 'test' AS origin,"
        " %(fact)s::bigint AS origin_id, %(seq)s::smallint AS origin_seq"
    )
    values = {
        "source": source, "commune": units()[0].pk, "period": MARCH, "cause": cause, "debit": debit,
        "credit": credit, "amount": amount, "person": person, "fact": fact, "seq": seq,
    }  # fmt: skip
    return post(moves=moves, values=values, booked=booked, by=None, at=AT)


def broken(name: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("ledger", f"invariants/{name}").replace("%", "%%"), {})
        return list(cursor.fetchall())


@pytest.fixture
def seen(db: None) -> None:
    open_to_all()


def test_approved_money_is_always_somewhere(seen: None) -> None:
    put("approve", 500_000)
    put("send", 500_000, seq=1)
    put("confirm", 500_000, seq=2)
    put("bounce", 500_000, seq=3)
    row = conservation(source="merit")[0]
    assert (row["approved"], row["returned"], row["paid_account"], row["at_bank"]) == (500_000, 500_000, 0, 0)
    assert person_money(person_id=7)[0]["returned"] == 500_000
    assert [broken(name) for name in INVARIANTS if name != "M5"] == [[]] * 8


def test_a_fact_is_posted_once(seen: None) -> None:
    put("approve", 500_000)
    with pytest.raises(IntegrityError, match="once_a_fact"), transaction.atomic():
        put("approve", 500_000)


@pytest.mark.parametrize(("debit", "credit", "amount"), [
    ("waiting", "approved", 0), ("waiting", "approved", -5), ("paid_account", "waiting", 5),
    ("recoverable", "paid_account", 5), ("waiting", "waiting", 5), ("suspense", "approved", 5),
])  # fmt: skip
def test_the_database_refuses_what_would_not_balance(
    seen: None, debit: str, credit: str, amount: int
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            source="merit", commune_id=units()[0].pk, period=MARCH, booked=MARCH, cause="approve",
            debit=debit, credit=credit, amount_vnd=amount, origin="test", origin_id=9, origin_seq=0, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    "wish",
    [
        "UPDATE ledger_posting SET amount_vnd = 1",
        "DELETE FROM ledger_posting",
        "TRUNCATE ledger_posting",
        "UPDATE ledger_closing SET last_posting_id = 1",
    ],
)
def test_nobody_edits_the_ledger(seen: None, wish: str) -> None:
    put("approve", 500_000)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(wish)


def test_not_even_the_owner_of_the_tables_edits_it(django_db_setup: str) -> None:
    with database.connect("owner", name=django_db_setup) as owner:
        for wish in ("UPDATE ledger_posting SET amount_vnd = 1", "DELETE FROM ledger_closing"):
            with pytest.raises(Exception, match="append-only"), owner.transaction():
                owner.execute(wish)


def test_a_mistake_is_reversed_once_with_its_reason(seen: None, cast: dict[str, Officer]) -> None:
    put("approve", 500_000)
    posting = Posting.objects.get(origin="test")
    by = cast["ke-toan"]
    reverse(posting_id=posting.pk, reason="Ghi nhầm kỳ", booked=MARCH, by=by, at=AT)
    assert conservation(source="merit")[0]["approved"] == 0
    with pytest.raises(ReversedAlready):
        reverse(posting_id=posting.pk, reason="Lần nữa", booked=MARCH, by=by, at=AT)
    assert broken("M3") == []
    assert broken("M6") == []


def test_a_reversal_of_another_amount_is_refused_by_the_database(seen: None) -> None:
    put("approve", 500_000)
    was = Posting.objects.get(origin="test")
    with pytest.raises(IntegrityError, match="mirrors"), transaction.atomic():
        Posting.objects.create(
            source="merit", commune_id=was.commune_id, period=MARCH, booked=MARCH, cause="approve",
            debit="approved", credit="waiting", amount_vnd=499_999, person_id=7, origin="reversal",
            origin_id=was.pk, origin_seq=0, reverses_id=was.pk, reason="x", at=AT,
        )  # fmt: skip


def test_what_is_approved_stays_within_the_budgets(seen: None, cast: dict[str, Officer]) -> None:
    record_budget(source="merit", commune_id=units()[0].pk, year=2024, amount_vnd=900_000, decision="12/QĐ",
                  decided_on=MARCH, by=cast["ke-toan"], at=AT)  # fmt: skip
    put("approve", 900_000)
    assert broken("M5") == []
    put("approve", 1, fact=2)
    assert len(broken("M5")) == 2


def test_nothing_enters_a_closed_month(seen: None, cast: dict[str, Officer]) -> None:
    commune, by = units()[0].pk, cast["ke-toan"]
    put("approve", 500_000)
    close_month(source="merit", commune_id=commune, month=Month(2024, 3), by=by, at=AT)
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        put("send", 500_000, seq=1)
    wanted = open_month(source="merit", commune_ids=[commune], wanted=Month(2024, 3))
    assert wanted == Month(2024, 4)
    put("send", 500_000, seq=1, booked=wanted.first_day)
    put("approve", 1, fact=2, source="assistance")
    with pytest.raises(ClosedAlready):
        close_month(source="merit", commune_id=commune, month=Month(2024, 3), by=by, at=AT)
    stored = {each.account: each.balance_vnd for each in ClosedBalance.objects.all()}
    assert stored == {"approved": -500_000, "waiting": 500_000}
    assert broken("M4") == []
    assert broken("M10") == []


def test_a_month_with_money_in_suspense_does_not_close(seen: None, cast: dict[str, Officer]) -> None:
    put("suspend", 70_000, person=None)
    closing = {"source": "merit", "commune_id": units()[0].pk, "month": Month(2024, 3), "by": cast["ke-toan"],
               "at": AT}  # fmt: skip
    with pytest.raises(SuspenseOpen, match=r"70\.000 đ"):
        close_month(**closing)  # type: ignore[arg-type]
    put("place", 70_000, person=None, seq=1)
    close_month(**closing)  # type: ignore[arg-type]
    assert broken("M8") == []


def test_another_communes_money_is_not_seen(seen: None) -> None:
    put("approve", 500_000)
    limit_to(unit_ids=[units()[1].pk])
    assert conservation(source="merit") == []
    assert person_money(person_id=7) == []


@profile(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(1, 10**9)), max_size=20))
def test_any_postings_at_all_sum_to_zero(seen: None, facts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        for number, (cause, amount) in enumerate(facts):
            put(cause, amount, fact=number)
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(sum(signed_vnd), 0), count(*) FROM ledger_entry")
            assert cursor.fetchone() == (0, 2 * len(facts))
        for row in conservation():
            inside = sum(row[a.value] for a in Account if a.value in row and a not in
                         {Account.APPROVED, Account.SUSPENSE, Account.RECOVERABLE})  # fmt: skip
            assert inside == row["approved"]
        transaction.set_rollback(True)


def test_each_checker_goes_red_when_its_rule_is_broken(django_db_setup: str) -> None:
    """As the owner, with constraints and triggers off: what a thief with the server would do."""
    commune = 1
    row = (
        "INSERT INTO ledger_posting (source, commune_id, period, booked, cause, debit, credit, amount_vnd,"
        " origin, origin_id, origin_seq, reverses_id, reason, at) VALUES ('merit', {c}, '2024-03-01',"
        " '2024-03-01', 'x', '{d}', '{k}', {a}, 't', {n}, 0, {r}, '{why}', now())"
    )

    def at(
        n: int, d: str = "waiting", k: str = "approved", a: int = 5, r: str = "NULL", why: str = ""
    ) -> str:
        return row.format(c=commune, n=n, d=d, k=k, a=a, r=r, why=why)

    closing = (
        "INSERT INTO ledger_closing (source, commune_id, month, last_posting_id, at, by_id)"
        f" VALUES ('merit', {commune}, '2024-03-01', 0, now(), 1)"
    )
    stored = (
        "INSERT INTO ledger_closedbalance (closing_id, commune_id, period, account, balance_vnd)"
        f" SELECT id, {commune}, '2024-03-01', '{{}}', 5 FROM ledger_closing"
    )
    ways = {
        "M1": [at(1, a=0)],
        "M2": [at(1, k="claim")],
        "M3": [at(1), at(2, r="999999", why="x")],
        "M4": [closing, stored.format("waiting")],
        "M5": [at(1)],
        "M6": [at(1), *[at(n, "approved", "waiting", r="(SELECT min(id) FROM ledger_posting)", why="x")
                        for n in (2, 3)]],
        "M7": ["ALTER TABLE ledger_closing ADD COLUMN tip_vnd real"],
        "M8": [closing, stored.format("suspense")],
        "M10": [closing, at(1)],
    }  # fmt: skip
    with database.connect("owner", name=django_db_setup) as owner:
        for name, wishes in ways.items():
            with owner.transaction(force_rollback=True):
                for table in ("ledger_posting", "ledger_closing", "ledger_closedbalance"):
                    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                    names = owner.execute(
                        "SELECT conname FROM pg_constraint WHERE contype <> 'p' AND contype <> 'n'"
                        " AND contype <> 'u' AND conrelid = %s::regclass",
                        [table],
                    ).fetchall()
                    for (constraint,) in names:
                        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                owner.execute("DROP INDEX ledger_reversed_once")
                sql = statement("ledger", f"invariants/{name}")
                assert owner.execute(sql).fetchall() == [], name
                for wish in wishes:
                    owner.execute(wish)
                assert owner.execute(sql).fetchall() != [], name
