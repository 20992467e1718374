# SPDX-License-Identifier: MPL-2.0
"""People of an invented commune, and the officers who work on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from ansinh.places.models import Unit
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.actions.people import add_person
from ansinh.registry.models import Award, Change, Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units

AT = datetime(2024, 3, 5, 2, tzinfo=UTC)
ON = date(2024, 3, 5)
SINCE = date(2024, 1, 1)
AddPerson = Callable[..., Person]


@pytest.fixture
def maker(cast: dict[str, Officer]) -> Officer:
    """Who prepares, with the whole province in sight: the tests of row security narrow it."""
    open_to_all()
    return cast["lap-danh-sach"]


@pytest.fixture
def checker(cast: dict[str, Officer]) -> Officer:
    return cast["lanh-dao-xa"]


@pytest.fixture
def add(maker: Officer) -> AddPerson:
    """Add a person with an award or without."""

    def added(
        name: str = "Nguyễn Thị Hoà", born: str = "1950-06-15", *, code: str | None = None,
        facts: dict[str, Any] | None = None, first_month: str = "2024-01", unit: Unit | None = None,
        **values: Any,
    ) -> Person:  # fmt: skip
        award = None
        if code is not None:
            award = {"code": code, "facts": facts or {}, "first_month": first_month,
                     "decision_number": "12/QĐ-UBND", "decided_on": "2023-12-28", "signer": "Trần Văn Đức",
                     "signer_title": "CHỦ TỊCH"}  # fmt: skip
        place = unit or units()[0]
        return add_person(unit_id=place.pk, values={"name": name, "born": born, "sex": "female", **values},
                          award=award, since=SINCE, by=maker, at=AT)  # fmt: skip

    return added


@pytest.fixture
def apply(checker: Officer) -> Callable[[Change], None]:
    """The checker lets a change take effect."""

    def applied(change: Change) -> None:
        apply_change(change_id=change.pk, by=checker, at=AT)

    return applied


def only(person: Person) -> Award:
    """The person's only award, as it is stored now."""
    return Award.objects.get(person=person)


def again(person: Person) -> Person:
    """The person as stored now."""
    return Person.objects.get(pk=person.pk)


def sister(unit: Unit) -> Unit:
    """Another commune under the same parent."""
    parent = unit.parents.get().parent_id
    return Unit.objects.filter(parents__parent_id=parent, level="commune").exclude(pk=unit.pk).first()  # type: ignore[return-value]


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
