# SPDX-License-Identifier: MPL-2.0
"""Later stages hang cards, timeline entries and search on a person without the register knowing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ansinh.registry import extensions
from ansinh.registry.actions.people import add_person
from ansinh.registry.extensions import Entry, Panel, Viewer
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units

HERE = "tests.registry.test_later_stages_on_the_person_page"


def card(*, person: Person, viewer: Viewer) -> Panel | None:
    if "register.read" not in viewer.permissions:
        return None
    return Panel("Thẻ của giai đoạn sau", "registry/change_state.html", link="/x/", link_label="Mở thẻ")


def entries(*, person: Person, viewer: Viewer, many: int) -> Iterable[Entry]:
    return [Entry(datetime(2024, 3, 2, tzinfo=UTC), "Đã chi tháng 3", f"cho {person.name}", by="Kho bạc")]


def by_digits(*, digits: str) -> Iterable[int]:
    return (
        Person.objects.filter(name="Alăng Thị Nhớ").values_list("pk", flat=True) if digits == "7788" else []
    )


@pytest.fixture
def hung_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(extensions, "_PANELS", {})
    monkeypatch.setattr(extensions, "_TIMELINES", [])
    monkeypatch.setattr(extensions, "_SEARCHES", [])
    extensions.register_person_panel(f"{HERE}.card", order=200)
    extensions.register_timeline(f"{HERE}.entries")
    extensions.register_search(f"{HERE}.by_digits")
    return


def test_a_card_and_an_entry_of_a_later_stage_stand_on_the_page(
    cast: dict[str, Officer], hung_on: None
) -> None:
    open_to_all()
    person = add_person(
        unit_id=units()[0].pk, values={"name": "Alăng Thị Nhớ", "born": "1950"}, award=None,
        since=date(2024, 3, 1), by=cast["lap-danh-sach"], at=datetime(2024, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    client = Client()
    client.force_login(cast["lap-danh-sach"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("registry:person", args=[person.pk])).content.decode()
    assert "Thẻ của giai đoạn sau" in page
    assert "Đã chi tháng 3" in page
    assert "cho Alăng Thị Nhớ" in page
    open_to_all()
    assert extensions.people_by_digits(digits="7788") == {person.pk}
