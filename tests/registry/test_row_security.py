# SPDX-License-Identifier: MPL-2.0
"""The second wall: without any filter of ours, the database shows nothing of another commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction

from ansinh.config import database, production
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.actions.duplicates import find_duplicates
from ansinh.registry.actions.events import record_event
from ansinh.registry.actions.proposals import propose_move
from ansinh.registry.lifecycles import ImportState
from ansinh.registry.models import (
    Award,
    Change,
    History,
    ImportFile,
    ImportProgress,
    ImportRow,
    LifeEvent,
    Person,
)
from ansinh.registry.models import RememberedMapping as Mapping
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.staff.queries import row_scope
from ansinh.staff.scope import OutsideTransactionError, limit_to, open_to_all, opened_to_all
from tests.conftest import units
from tests.registry.conftest import AT, ON, AddPerson, only, sister

PERSONAL = [
    model for model in apps.get_models()
    if any(field.column == "commune_id" for field in model._meta.fields) and model._meta.managed
]  # fmt: skip


@pytest.fixture
def full(add: AddPerson, maker: Officer, checker: Officer) -> Person:
    """Somebody of the sister commune with a row in every table of the register."""
    there = sister(units()[0])
    person = add("Hồ Thị Kín", code="K6_N", unit=there, old_number="201234567", number="000150000077")
    add("Hồ Thị Kín", unit=there)
    find_duplicates(by=None, at=AT)
    event = record_event(person=person, kind="remand", happened_on=date(2024, 2, 1), reported_on=ON,
                         source="Lệnh", by=maker, at=AT)  # fmt: skip
    apply_change(change_id=event.proposals.get().pk, by=checker, at=AT)
    file = ImportFile.objects.create(
        commune=there, form="awards", month=ON.replace(day=1), name="a.xlsx", sha256=b"h" * 32, mapping={},
        rows=1, accepted=1, rejected=0, skipped=0, sent_at=AT,
    )  # fmt: skip
    ImportFile.objects.filter(pk=file.pk).update(state=ImportState.CHECKED.value)
    ImportProgress.objects.create(id=file.pk, commune=there, done=0, total=1, started_at=AT, at=AT)
    ImportRow.objects.create(file=file, commune=there, row=1, outcome="accepted", codes=[], warnings=[],
                             sealed=b"x")  # fmt: skip
    Mapping.objects.create(commune=there, form="awards", header_sha256=b"h" * 32, mapping={}, at=AT)
    return person


def seen(table: str) -> int:
    """Rows that a bare statement sees: no manager, no filter."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


REGISTER = [model._meta.db_table for model in PERSONAL if model._meta.app_label == "registry"]


@pytest.mark.parametrize("table", REGISTER)
def test_a_bare_statement_sees_no_row_of_another_commune(full: Person, table: str) -> None:
    there = full.commune_id
    assert seen(table) > 0, "the test needs a row to hide"
    limit_to(unit_ids=[units()[0].pk])
    assert seen(table) == 0
    limit_to(unit_ids=[])
    assert seen(table) == 0
    limit_to(unit_ids=[there])
    assert seen(table) > 0


@pytest.mark.parametrize("table", REGISTER)
def test_with_nothing_set_nothing_is_seen(full: Person, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ansinh.scope = ''")
    assert seen(table) == 0


def test_rows_are_not_written_into_another_commune(full: Person) -> None:
    here, there = units()[0], sister(units()[0])
    limit_to(unit_ids=[here.pk])
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Person.objects.create(name="A", name_folded="a", sort_key="a", born_on=ON,
                              born_precision="day", commune=there, changed_at=AT)  # fmt: skip
    assert Person.objects.filter(pk=full.pk).update(hamlet="x") == 0
    limit_to(unit_ids=[there.pk])
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Person.objects.filter(pk=full.pk).update(commune=here)


def test_a_scope_needs_a_transaction_and_ends_with_it(
    committed_database: str, django_db_blocker: object
) -> None:
    with pytest.raises(OutsideTransactionError):
        open_to_all()
    with transaction.atomic():
        open_to_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('ansinh.scope', true)")
        assert cursor.fetchone()[0] in {"", None}


def test_looking_further_for_one_step_goes_back_to_the_scope(full: Person) -> None:
    limit_to(unit_ids=[units()[0].pk])
    with opened_to_all():
        assert Person.objects.filter(pk=full.pk).exists()
    assert not Person.objects.filter(pk=full.pk).exists()


def test_what_happened_goes_with_a_person_who_moves(full: Person, maker: Officer, checker: Officer) -> None:
    here, there = units()[0], sister(units()[0])
    change = propose_move(person=full, to=here, hamlet="Thôn 1", on=date(2024, 3, 1), reason="Đơn", by=maker,
                          at=AT)  # fmt: skip
    limit_to(unit_ids=[there.pk])
    apply_change(change_id=change.pk, by=checker, at=AT)
    assert not Person.objects.filter(pk=full.pk).exists()
    for model, lookup in ((LifeEvent, "person_id"), (Change, "person_id"), (Award, "person_id")):
        assert not model.objects.filter(**{lookup: full.pk}).exists(), model  # type: ignore[attr-defined]
    limit_to(unit_ids=[here.pk])
    person = Person.objects.get(pk=full.pk)
    assert person.residences.count() == 2
    assert person.events.count() == 1
    assert person.changes.filter(state="applied").count() == 2
    assert History.objects.filter(table_name="registry_award", row_id=only(person).pk).exists()
    assert History.objects.filter(table_name="registry_person", row_id=person.pk).exists()


def test_officers_see_their_commune_and_those_of_the_province_see_all(
    full: Person, cast: dict[str, Officer]
) -> None:
    scope = row_scope(officer_id=cast["lap-danh-sach"].pk, permission="register.read", on=ON)
    assert scope is not None
    assert units()[0].pk in scope
    assert full.commune_id not in scope
    assert row_scope(officer_id=cast["kiem-toan"].pk, permission="register.read", on=ON) is None
    assert row_scope(officer_id=cast["lap-danh-sach"].pk, permission="audit.read_all", on=ON) == frozenset()


def test_after_communes_merged_the_new_one_sees_the_papers_of_the_old(
    add: AddPerson, cast: dict[str, Officer]
) -> None:
    """On 1 July 2025 Cẩm Thanh became part of a new ward: its officer sees rows of either id."""
    old, officer = units()[0], cast["cong-an-xa"]
    person = add(unit=old)
    successor = old.became.first()
    assert successor is not None
    RoleAssignment.objects.filter(officer=officer).update(unit=successor.new)
    scope = row_scope(officer_id=officer.pk, permission="register.read", on=date(2025, 8, 1))
    assert scope is not None
    limit_to(unit_ids=scope)
    assert Person.objects.filter(pk=person.pk).exists()


def test_every_table_with_a_commune_is_bound_and_every_view_reads_as_its_reader(db: None) -> None:
    with database.connect("app", name=connection.settings_dict["NAME"]) as app:
        findings = {each.name: each for each in production._row_security(app)}
    assert [each.en for each in findings.values() if not each.passed] == []


@pytest.fixture
def owner(committed_database: str) -> Iterator[object]:
    with database.connect("owner", name=committed_database, autocommit=True) as connected:
        yield connected


def test_a_table_or_a_view_that_forgets_is_found(owner: object, committed_database: str) -> None:
    for statement in (
        "CREATE TABLE forgot (id bigint, commune_id bigint, name text)",
        "CREATE TABLE pretends (id bigint, commune_id bigint)",
        "ALTER TABLE pretends ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY everybody ON pretends USING (true)",
        "CREATE VIEW looks_through AS SELECT id FROM registry_person",
        "CREATE MATERIALIZED VIEW kept AS SELECT id, commune_id FROM registry_person",
    ):
        owner.execute(statement)  # type: ignore[attr-defined]
    with database.connect("app", name=committed_database) as app:
        tables, views = production._row_security(app)
    assert not tables.passed
    assert "forgot" in tables.en
    assert "pretends" in tables.en
    assert not views.passed
    assert "looks_through" in views.en
    assert "kept" in views.en


def test_the_connection_of_the_tests_is_bound_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
