# SPDX-License-Identifier: MPL-2.0
"""A commune with some people, and its officers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ansinh.population.actions.answers import Given, Taken, take_answers
from ansinh.population.actions.hand_over import hand_over
from ansinh.population.actions.rounds import prepare_round
from ansinh.population.adapters.simulated import SimulatedRegister
from ansinh.population.models import Member, Round
from ansinh.population.records import said_of
from ansinh.registry.actions.people import add_person
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units

AT, ON, DUE = datetime(2024, 3, 11, 2, tzinfo=UTC), date(2024, 3, 11), date(2024, 3, 25)
AWARD = {
    "code": "K5A",
    "decision_number": "12/QĐ-UBND",
    "decided_on": date(2023, 1, 5),
    "first_month": "2023-02",
}
PEOPLE: tuple[tuple[str, str, str, str | None], ...] = (
    ("Nguyễn Thị Hoà", "1940-04-03", "female", "000140000001"),
    ("Trần Văn Lí", "1938", "male", "000038000002"),
    ("Nguyen Van An", "1939-01-01", "male", "000039000003"),
    ("Lê Thị Lan", "1941-05-06", "female", None),
    ("Phan Văn Tám", "1935-07-08", "male", "000035000005"),
    ("Y Blôk Êban", "1937-09-10", "male", "000037000006"),
)  # fmt: skip


@pytest.fixture
def scope(cast: dict[str, Officer]) -> None:
    """The tests' transaction sees every row, as a system act does."""
    open_to_all()


@pytest.fixture
def people(cast: dict[str, Officer], scope: None) -> dict[str, Person]:
    """Six people with an award each, by name."""
    return {name: person_named(cast, name, born, sex, number) for name, born, sex, number in PEOPLE}


def person_named(cast: dict[str, Officer], name: str, born: str, sex: str, number: str | None) -> Person:
    values = {
        "name": name,
        "born": born,
        "sex": sex,
        "number": number,
        "hamlet": "Thôn 1",
        "phone": None,
        "household": "poor",
    }
    return add_person(
        unit_id=units()[0].pk,
        values=values,
        award=AWARD,
        since=date(2023, 1, 1),
        by=cast["lap-danh-sach"],
        at=AT,
    )


def open_round(cast: dict[str, Officer]) -> Round:
    """A round that the police have."""
    made = prepare_round(unit=units()[0], due_on=DUE, by=cast["lap-danh-sach"], at=AT, on=ON)
    hand_over(round_id=made.pk, register=SimulatedRegister({}), receiver="Trung tá Lê Quang Ánh",
              by=cast["lap-danh-sach"], at=AT)  # fmt: skip
    made.refresh_from_db()
    return made


@pytest.fixture
def round_(cast: dict[str, Officer], people: dict[str, Person]) -> Round:
    return open_round(cast)


def reference(round_: Round, name: str) -> str:
    return Member.objects.get(round=round_, person__name=name).reference


Answer = Callable[..., Taken]


@pytest.fixture
def answer(cast: dict[str, Officer], round_: Round) -> Answer:
    """Take answers by name: `answer({"Phan Văn Tám": {"result": "matched"}})`."""

    def take(said: dict[str, dict[str, Any]], *, of: Round = round_, at: datetime = AT) -> Taken:
        given = [Given(reference(of, name), said_of(values)) for name, values in said.items()]
        return take_answers(
            round_id=of.pk, given=given, source="file", by=cast["lap-danh-sach"], at=at, on=ON
        )

    return take


EVERYTHING: dict[str, dict[str, Any]] = {
    "Nguyễn Thị Hoà": {"result": "different_name", "name": "NGUYỄN THỊ HÒA"},
    "Trần Văn Lí": {"result": "matched", "born": "1938-02-03"},
    "Nguyen Van An": {"result": "different_name", "name": "Nguyễn Văn An", "born": "1939-08-09"},
    "Lê Thị Lan": {"result": "wrong_number", "number": "000141000004"},
    "Phan Văn Tám": {"result": "deceased", "died_on": "2024-01-15"},
    "Y Blôk Êban": {"result": "not_found"},
}
