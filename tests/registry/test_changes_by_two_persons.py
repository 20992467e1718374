# SPDX-License-Identifier: MPL-2.0
"""A record changes only when a second person has checked, on the version that the maker saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from ansinh.audit.models import Event
from ansinh.registry.actions.changes import (
    ChangeOpen,
    NeedsReason,
    NothingChanged,
    NotYourChange,
    OwnChange,
    PersonChangedMeanwhile,
    apply_change,
    content_of,
    propose_change,
    refuse_change,
    withdraw_change,
)
from ansinh.registry.actions.proposals import AgeNeedsDocument, propose_person
from ansinh.registry.actions.touch import ChangeStale
from ansinh.registry.models import Change, Person
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from tests.registry.conftest import AT, ON, AddPerson, again


def renamed(person: Person, by: Officer, name: str = "Nguyễn Thị Hòa") -> Change:
    return propose_change(
        person=person, kind="person", content={"name": name}, reason="Theo thẻ", by=by, at=AT
    )


def test_nothing_changes_until_another_officer_checks(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add("Nguyễn Thị Hoa")
    change = renamed(person, maker)
    assert again(person).name == "Nguyễn Thị Hoa"
    apply_change(change_id=change.pk, by=checker, at=AT)
    person = again(person)
    assert (person.name, person.name_folded, person.version) == ("Nguyễn Thị Hòa", "nguyen thi hoa", 2)
    acts = Event.objects.filter(subject="person", subject_id=str(person.pk)).values_list("act", flat=True)
    assert set(acts) == {"registry.add_person", "registry.propose_change", "registry.apply_change"}


def test_the_maker_does_not_check_by_citizen_number_and_not_only_by_user_name(
    add: AddPerson, maker: Officer, cast: dict[str, Officer]
) -> None:
    change = renamed(add(), maker)
    with pytest.raises(OwnChange):
        apply_change(change_id=change.pk, by=maker, at=AT)
    # Another user name that carries the maker's citizen number, as far as the action is concerned.
    second = Officer.objects.get(pk=cast["lanh-dao-so"].pk)
    second.citizen_number_bidx = maker.citizen_number_bidx
    for decide in (
        lambda: apply_change(change_id=change.pk, by=second, at=AT),
        lambda: refuse_change(change_id=change.pk, answer="không", by=second, at=AT),
    ):
        with pytest.raises(OwnChange):
            decide()


def test_the_database_refuses_one_person_in_both_places(add: AddPerson, maker: Officer) -> None:
    change = renamed(add(), maker)
    with pytest.raises(IntegrityError, match="registry_change_two_persons"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="applied", decided_by=maker, decided_at=AT)
    with pytest.raises(IntegrityError, match="decided_by_somebody"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="applied")


def test_a_change_moves_along_its_edges_only(add: AddPerson, maker: Officer, checker: Officer) -> None:
    change = renamed(add(), maker)
    apply_change(change_id=change.pk, by=checker, at=AT)
    with pytest.raises(NotFromThisState):
        refuse_change(change_id=change.pk, answer="muộn", by=checker, at=AT)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="proposed")


def test_a_change_made_on_an_older_version_is_refused(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add()
    change = renamed(person, maker)
    other = propose_change(person=person, kind="life", content={"life": "abroad", "since": "2024-02-01"},
                           reason="Xuất cảnh", by=maker, at=AT)  # fmt: skip
    apply_change(change_id=other.pk, by=checker, at=AT)
    with pytest.raises(ChangeStale):
        apply_change(change_id=change.pk, by=checker, at=AT)
    assert again(person).name == "Nguyễn Thị Hoà"


def test_a_form_that_showed_an_older_version_is_told_so(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add()
    apply_change(change_id=renamed(person, maker).pk, by=checker, at=AT)
    with pytest.raises(PersonChangedMeanwhile):
        propose_change(person=again(person), kind="person", content={"name": "Trần Thị Hoà"}, reason="x",
                       by=maker, at=AT, seen_version=1)  # fmt: skip


def test_one_change_of_a_kind_waits_for_a_record(add: AddPerson, maker: Officer) -> None:
    person = add()
    renamed(person, maker)
    with pytest.raises(ChangeOpen):
        renamed(person, maker, "Trần Thị Hoà")
    with pytest.raises(NothingChanged):
        propose_change(person=add("Lê Ba"), kind="person", content={}, reason="x", by=maker, at=AT)


def test_refusing_needs_a_reason_and_leaves_the_record(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add()
    change = renamed(person, maker)
    with pytest.raises(NeedsReason):
        refuse_change(change_id=change.pk, answer="  ", by=checker, at=AT)
    refuse_change(change_id=change.pk, answer="Thẻ ghi khác", by=checker, at=AT)
    change.refresh_from_db()
    assert (change.state, change.answer, again(person).version) == ("refused", "Thẻ ghi khác", 1)
    renamed(person, maker)  # a refused change makes room for the next


def test_only_the_maker_withdraws(add: AddPerson, maker: Officer, checker: Officer) -> None:
    change = renamed(add(), maker)
    with pytest.raises(NotYourChange):
        withdraw_change(change_id=change.pk, by=checker, at=AT)
    withdraw_change(change_id=change.pk, by=maker, at=AT)
    assert Change.objects.get(pk=change.pk).state == "withdrawn"


def test_what_a_change_says_is_sealed(add: AddPerson, maker: Officer) -> None:
    change = propose_change(person=add(), kind="person", content={"phone": "0912345678"}, reason="x",
                            by=maker, at=AT)  # fmt: skip
    stored = Change.objects.get(pk=change.pk)
    assert b"0912345678" not in bytes(stored.content_enc)
    assert content_of(change=stored) == {"phone": "0912345678"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1965-02-01", "1945-02-01"),
        ("1949-09-01", "1949-01-01"),
        ("1951-06-01", "1949-06-01"),
        ("2008-05-01", "2009-05-01"),
    ],
    ids=[
        "older by twenty years",
        "75 a year too early",
        "75 within the year",
        "younger, a child's benefit goes on",
    ],
)
def test_a_birth_date_that_crosses_an_age_of_the_law_needs_a_paper(
    add: AddPerson, maker: Officer, apply: Callable[[Change], None], before: str, after: str
) -> None:
    person = add(born=before)
    with pytest.raises(AgeNeedsDocument):
        propose_person(person=person, content={"born": after}, document=" ", reason="Nhầm", on=ON, by=maker,
                       at=AT)  # fmt: skip
    change = propose_person(person=person, content={"born": after}, reason="Ghi nhầm", on=ON, by=maker, at=AT,
                            document="Giấy khai sinh 17/1945")  # fmt: skip
    assert change.document == "Giấy khai sinh 17/1945"
    apply(change)
    assert again(person).born_on.isoformat() == after


def test_a_birth_date_that_crosses_nothing_needs_no_paper(add: AddPerson, maker: Officer) -> None:
    propose_person(person=add(born="1958"), content={"born": "1958-03-02"}, document="", reason="Thẻ", on=ON,
                   by=maker, at=AT)  # fmt: skip
