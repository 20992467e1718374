# SPDX-License-Identifier: MPL-2.0
"""Finding people: words of a name in any order without marks, numbers; and what a list adds up to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from ansinh.legislation.load import load
from ansinh.registry import queries
from ansinh.registry.actions.duplicates import propose_merge_of, propose_split
from ansinh.registry.actions.proposals import propose_move, propose_person
from ansinh.registry.cases import award_case, person_case
from ansinh.registry.models import Change, Person
from ansinh.registry.money import owed_vnd
from ansinh.rules.entitlement import Case, assess
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.registry.conftest import AT, ON, AddPerson, only, signed_in, sister

Apply = Callable[[Change], None]
NAMES = ("Nguyễn Thị Hoà", "Trần Văn Ân", "Trần Văn An", "Hồ Hoàng Hà", "Y Blôk Êban", "Lê Thị Hoa")


@pytest.fixture
def crowd(add: AddPerson) -> None:
    for number, name in enumerate(NAMES):
        add(name, born=f"194{number}-03-0{number + 1}")


def found(text: str, **wanted: object) -> list[str]:
    people = queries.people(wanted=queries.PeopleFilter(text=text, **wanted))  # type: ignore[arg-type]
    return [person.name for person in people]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("hoa", ["Hồ Hoàng Hà", "Lê Thị Hoa", "Nguyễn Thị Hoà"]),
        ("HÒA thi", ["Lê Thị Hoa", "Nguyễn Thị Hoà"]),
        ("an tran", ["Trần Văn An", "Trần Văn Ân"]),
        ("eban blok", ["Y Blôk Êban"]),
        ("ho ha", ["Hồ Hoàng Hà"]),
        ("hoa 1945", ["Lê Thị Hoa"]),
        ("ao", []),
        ("oa", []),
        ("ho_h %", []),
    ],
)
def test_words_are_found_by_their_beginning_in_any_order(crowd: None, typed: str, names: list[str]) -> None:
    assert found(typed) == names


def test_the_way_through_a_commune_finds_what_the_way_through_a_word_finds(
    crowd: None, add: AddPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were every word common, an officer of one commune would take the other way."""
    add("Phan Thị Hoa", unit=sister(units()[0]))
    limit_to(unit_ids=[units()[0].pk])
    asked = ("hoa", "an tran", "hoa 1945", "ho ha", "ao")
    by_word = [found(text) for text in asked]
    monkeypatch.setattr(queries, "COMMON", 0)
    assert [found(text) for text in asked] == by_word


def test_a_search_keeps_to_its_scope_and_its_commune(crowd: None, add: AddPerson) -> None:
    here, there = units()[0], sister(units()[0])
    add("Phan Thị Hoa", unit=there, born="1950")
    assert "Phan Thị Hoa" in found("hoa")
    assert found("hoa", commune=there.pk) == ["Phan Thị Hoa"]
    limit_to(unit_ids=[here.pk])
    assert "Phan Thị Hoa" not in found("hoa")
    assert found("hoa", commune=there.pk) == []
    limit_to(unit_ids=[])
    assert found("hoa") == []


def test_a_change_of_name_a_move_a_merge_and_its_undoing_are_found(
    add: AddPerson, maker: Officer, apply: Apply
) -> None:
    person, main = add("Bùi Văn Sai"), add("Bùi Văn Chính", born="1951")
    apply(propose_person(person=person, content={"name": "Bùi Văn Đúng"}, reason="Giấy khai sinh",
                         document="", on=ON, seen_version=None, by=maker, at=AT))  # fmt: skip
    assert (found("sai"), found("bui dung")) == ([], ["Bùi Văn Đúng"])
    there = sister(units()[0])
    person.refresh_from_db()
    apply(
        propose_move(person=person, to=there, hamlet="", on=date(2024, 3, 1), reason="Đơn", by=maker, at=AT)
    )
    assert found("bui dung", commune=there.pk) == ["Bùi Văn Đúng"]
    apply(propose_merge_of(alias_id=person.pk, into_id=main.pk, reason="Một người", by=maker, at=AT))
    assert found("bui") == ["Bùi Văn Chính"]
    apply(propose_split(person_id=person.pk, reason="Hai người", by=maker, at=AT))
    assert found("bui") == ["Bùi Văn Chính", "Bùi Văn Đúng"]


def test_numbers_are_found_whole_or_by_their_end(add: AddPerson) -> None:
    add("Hồ Thị Số", number="000150004321", old_number="201234567", phone="0912345678")
    for typed in ("4321", "000150004321", "201234567", "0912345678", "+84 912 345 678", "5678"):
        assert found(typed) == ["Hồ Thị Số"], typed
    for typed in ("4322", "000150004322", "201234568", "0912345679"):
        assert found(typed) == [], typed


def test_the_application_has_no_right_on_the_words(crowd: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'registry_nameword', 'SELECT, INSERT')")
        assert cursor.fetchone() == (False,)


def test_the_money_of_a_list_is_what_the_law_owes_each_of_its_people(add: AddPerson) -> None:
    month = Month(2024, 3)
    for name, born, code, values in (
        ("Trần Văn Một", "1960-03-31", "K6_N", {}),
        ("Trần Văn Hai", "1944-03-10", "K5A", {"household": "poor"}),
        ("Trần Văn Ba", "2020-03-30", "K1A", {}),
        ("Trần Văn Bốn", "1980", "K6_DBN", {}),
        ("Trần Văn Năm", "1980-02-02", "K6_DBN", {}),
    ):
        add(name, born=born, code=code, **values)
    people = Person.objects.filter(merged_into__isnull=True)
    one_by_one = sum(
        assess(load(), Case(month, person_case(person), (award_case(only(person)),), None)).total_vnd
        for person in people
    )
    assert owed_vnd(people=people, month=month) == one_by_one > 0
    assert owed_vnd(people=people.filter(pk__in=[]), month=month) == 0
    assert (
        owed_vnd(people=queries.people(wanted=queries.PeopleFilter(text="tran mot")), month=month) == 720_000
    )


def test_the_list_says_its_money_and_a_long_one_says_it_after_the_page(
    add: AddPerson, maker: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(code="K6_N")
    client, address = signed_in(maker), reverse("registry:people")
    assert "theo luật" in client.get(address).content.decode()
    monkeypatch.setattr("ansinh.registry.views.people.MOST_SUMMED", 0)
    long = client.get(address).content.decode()
    assert "theo luật" not in long
    assert "tien=1" in long
    assert "theo luật" in client.get(address, {"tien": "1"}).content.decode()
    open_to_all()
