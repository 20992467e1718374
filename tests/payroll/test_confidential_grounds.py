# SPDX-License-Identifier: MPL-2.0
"""HIV as a ground of an award on its way to the money: neutral on every page, print and file of a payroll."""

from __future__ import annotations

import io
from dataclasses import fields
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ansinh.disbursement.items import Item
from ansinh.payroll.models import Payroll
from ansinh.payroll.papers import FORMS, forms_on, sheet
from ansinh.payroll.queries import LineFilter
from ansinh.population.adapters import Asked
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.payroll.people import another_award, lines, payroll_of, person
from tests.registry.conftest import signed_in
from tests.registry.test_confidential_grounds import RANDOM, SECRETS

OTHERS = ("lap-danh-sach", "ke-toan", "chuyen-vien-so", "kiem-toan")


@pytest.fixture
def infected(cast: dict[str, Officer]) -> Person:
    """A woman paid because of HIV, with one more award that gives way to it."""
    who = person(units()[0], cast["lap-danh-sach"], name="Bling Thị Nở", code="K8", household="poor")
    another_award(who, cast["lap-danh-sach"], code="K6_N")
    return who


@pytest.fixture
def payroll(infected: Person, cast: dict[str, Officer]) -> Payroll:
    person(units()[0], cast["lap-danh-sach"], code="K6_DBN")
    return payroll_of(units()[0], cast["lap-danh-sach"])


def told(text: str) -> list[str]:
    return [word for word in SECRETS if word in RANDOM.sub("", text)]


def addresses(payroll: Payroll, person: Person) -> list[str]:
    of_person = [line.id for line in lines(payroll, person_id=person.pk)]
    assert of_person, "the test needs a line of hers"
    names = ("payroll", "differences", "lines", "holds")
    return [
        *(reverse(f"payroll:{name}", args=[payroll.pk]) for name in names),
        *(reverse("payroll:line", args=[payroll.pk, line]) for line in of_person),
        reverse("payroll:board"), reverse("registry:person", args=[person.pk]),
    ]  # fmt: skip


@pytest.mark.parametrize("username", OTHERS)
def test_no_page_of_a_payroll_tells_the_ground(
    payroll: Payroll, infected: Person, cast: dict[str, Officer], username: str
) -> None:
    client: Client = signed_in(cast[username])
    for address in addresses(payroll, infected):
        answer = client.get(address)
        assert answer.status_code in {200, 403}, address
        assert told(answer.content.decode()) == [], address


def test_a_named_role_reads_the_steps_and_others_are_told_that_they_are_kept(
    payroll: Payroll, infected: Person, cast: dict[str, Officer]
) -> None:
    line = next(each for each in lines(payroll, person_id=infected.pk) if each.code == "K8")
    address = reverse("payroll:line", args=[payroll.pk, line.id])
    assert "Từng bước tính" in signed_in(cast["lanh-dao-xa"]).get(address).content.decode()
    kept = signed_in(cast["ke-toan"]).get(address).content.decode()
    assert "giữ kín" in kept
    assert "Từng bước tính" not in kept


@pytest.mark.parametrize("form", list(FORMS))
def test_no_paper_of_a_payroll_tells_the_ground(payroll: Payroll, form: str) -> None:
    open_to_all()
    made: Any = sheet(payroll=payroll, form=form, wanted=LineFilter())
    text = repr([made.title, made.columns, made.intro, made.rows])
    assert told(text) == []


def test_no_workbook_of_a_payroll_tells_the_ground(
    payroll: Payroll, cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.is_reauthentication_required",
        lambda *_a, **_k: False,
    )
    client, read = signed_in(cast["ke-toan"]), 0
    for form in forms_on(payroll=payroll):
        answer = client.get(reverse("payroll:paper_xlsx", args=[payroll.pk]), {"mau": form})
        assert answer.status_code == 200, form
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        assert told(repr(cells)) == [], form
        read += "Bling Thị Nở" in cells
    assert read, "the test needs a paper with her name"


def test_what_leaves_for_payers_and_for_the_police_has_no_place_for_it() -> None:
    for item in (Item, Asked):
        names = {each.name for each in fields(item)}
        assert names.isdisjoint({"code", "component", "award", "label", "facts", "kind", "family"}), item
