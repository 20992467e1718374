# SPDX-License-Identifier: MPL-2.0
"""One person, one living record, one residence on each day."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.places.models import Unit
from ansinh.registry.actions.apply import MoveBeforeArrival, MoveSamePlace
from ansinh.registry.actions.people import NumberTaken, NumberTakenElsewhere
from ansinh.registry.actions.proposals import propose_move, propose_person
from ansinh.registry.models import Change, History, OldNumber, Person, Residence
from ansinh.registry.records import OLD_NUMBER, born_of, opened_number
from ansinh.rules.citizen_numbers import CitizenNumberNotAccepted
from ansinh.rules.names import NameNotAccepted
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from ansinh.vault.sealing import blind_index
from tests.conftest import units
from tests.registry.conftest import AT, ON, SINCE, AddPerson, again, sister

NUMBER = "000150000077"


def test_a_number_is_sealed_found_by_index_and_shown_by_its_end(add: AddPerson) -> None:
    person = again(add(number=NUMBER))
    assert NUMBER.encode() not in bytes(person.number_enc)
    assert opened_number(person.number_enc) == NUMBER
    assert person.number_last4 == "0077"


def test_a_second_living_record_with_a_number_is_refused(add: AddPerson) -> None:
    add(number=NUMBER)
    with pytest.raises(NumberTaken) as refused:
        add("Trần Thị Lan", number=NUMBER)
    assert refused.value.code == "PERSON_NUMBER_TAKEN"
    assert Person.objects.count() == 1


def test_a_number_of_another_commune_is_refused_without_showing_whose(add: AddPerson) -> None:
    commune = units()[0]
    add("Người Xã Bên", number=NUMBER, unit=sister(commune))
    limit_to(unit_ids=[commune.pk])
    with pytest.raises(NumberTakenElsewhere) as refused:
        add(number=NUMBER)
    assert "Người Xã Bên" not in str(refused.value)
    assert Person.objects.count() == 0


def test_a_number_that_cannot_be_is_refused(add: AddPerson) -> None:
    with pytest.raises(CitizenNumberNotAccepted):
        add(number="12345")


@pytest.mark.parametrize(
    ("typed", "precision", "first"),
    [("1950-06-15", "day", date(1950, 6, 15)), ("1950-06", "month", date(1950, 6, 1)),
     ("1950", "year", date(1950, 1, 1))],
)  # fmt: skip
def test_a_birth_date_keeps_how_much_is_known(
    add: AddPerson, typed: str, precision: str, first: date
) -> None:
    person = again(add(born=typed))
    assert (person.born_on, person.born_precision) == (first, precision)
    assert born_of(person.born_on, person.born_precision).iso == typed


def test_a_name_is_stored_composed_and_searched_folded(add: AddPerson) -> None:
    decomposed = unicodedata.normalize("NFD", "Y Blôk Êban")
    person = again(add(decomposed))
    assert person.name == unicodedata.normalize("NFC", "Y Blôk Êban")
    assert person.name_folded == "y blok eban"


def test_a_name_with_a_cyrillic_letter_does_not_get_in(add: AddPerson) -> None:
    with pytest.raises(NameNotAccepted):
        add("Nguyễn Vаn Ba")  # the а is Cyrillic


def test_an_old_number_belongs_to_the_person_and_finds_them(add: AddPerson) -> None:
    person = add(old_number="201234567")
    index = blind_index(column=OLD_NUMBER, text="201234567")
    assert OldNumber.objects.get(number_bidx=index).person_id == person.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        OldNumber.objects.create(person=person, commune_id=person.commune_id, number_enc=b"x",
                                 number_bidx=index, number_last4="4567")  # fmt: skip


def moved(person: Person, to: Unit, on: date, maker: Officer) -> Change:
    return propose_move(person=person, to=to, hamlet="Thôn 2", on=on, reason="Đơn ngày 1/3", by=maker, at=AT)


def test_a_move_leaves_no_day_without_a_home_and_none_with_two(
    add: AddPerson, maker: Officer, apply: Callable[[Change], None]
) -> None:
    person, there = add(code="K6_N", facts={}, hamlet="Thôn 1", old_number="201234567"), sister(units()[0])
    day = date(2024, 3, 20)
    apply(moved(person, there, day, maker))
    open_to_all()
    homes = list(Residence.objects.filter(person=person).order_by("validity"))
    assert [home.commune_id for home in homes] == [units()[0].pk, there.pk]
    assert homes[0].validity.upper == homes[1].validity.lower == day
    for offset in range(0, 400, 7):
        on = SINCE + timedelta(days=offset)
        assert Residence.objects.filter(person=person, validity__contains=on).count() == 1, on
    person = again(person)
    assert (person.commune_id, person.hamlet) == (there.pk, "Thôn 2")
    assert set(person.awards.values_list("commune_id", flat=True)) == {there.pk}
    assert set(person.old_numbers.values_list("commune_id", flat=True)) == {there.pk}


def test_the_database_refuses_two_homes_on_a_day(add: AddPerson) -> None:
    person = add()
    with pytest.raises(IntegrityError, match="registry_residence_one_a_day"), transaction.atomic():
        Residence.objects.create(person=person, commune=sister(units()[0]), validity=(date(2024, 2, 1), None))


def test_a_move_names_the_month_from_which_the_new_place_pays(add: AddPerson, maker: Officer) -> None:
    change = moved(add(code="K6_N"), sister(units()[0]), date(2024, 3, 20), maker)
    assert change.effective_month == date(2024, 4, 1)
    assert "Điều 8.3" in change.citation
    merit = moved(
        add("Lê Văn Ba", code="THUONG_BINH", facts={"injury_percent": 61}), sister(units()[0]), ON, maker
    )
    assert "Mẫu 93" in merit.label
    assert "Điều 131" in merit.citation


def test_a_move_before_the_arrival_or_to_the_same_place_is_refused(add: AddPerson, maker: Officer) -> None:
    person = add(hamlet="Thôn 2")
    with pytest.raises(MoveBeforeArrival):
        moved(person, sister(units()[0]), SINCE, maker)
    with pytest.raises(MoveSamePlace):
        moved(person, units()[0], ON, maker)


def test_every_overwritten_row_is_kept_by_the_database_itself(add: AddPerson) -> None:
    person = add()
    with connection.cursor() as cursor:  # not through the actions: the trigger keeps it all the same
        cursor.execute("UPDATE registry_person SET hamlet = 'Thôn 9' WHERE id = %s", [person.pk])
    was = History.objects.get(table_name="registry_person", row_id=person.pk)
    assert was.was["hamlet"] == ""
    for verb in ("UPDATE registry_history SET version = 9", "DELETE FROM registry_history",
                 "DELETE FROM registry_person", "DELETE FROM registry_award"):  # fmt: skip
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(verb)


def test_a_corrected_number_that_somebody_has_is_refused_when_proposed_and_when_applied(
    add: AddPerson, maker: Officer, apply: Callable[[Change], None]
) -> None:
    person = add()
    change = propose_person(person=person, content={"number": NUMBER}, document="", reason="Thẻ căn cước",
                            on=ON, by=maker, at=AT)  # fmt: skip
    add("Trần Thị Lan", number=NUMBER)
    with pytest.raises(NumberTaken):
        apply(change)
    assert Change.objects.get(pk=change.pk).state == "proposed"
    with pytest.raises(NumberTaken):
        propose_person(person=add("Lê Thị Ba"), content={"number": NUMBER}, document="", reason="Thẻ", on=ON,
                       by=maker, at=AT)  # fmt: skip
