# SPDX-License-Identifier: MPL-2.0
"""HIV as a ground of an award: readable by named roles, neutral everywhere else."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ansinh.audit.models import Event
from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.actions.events import record_event
from ansinh.registry.actions.proposals import propose_new_award, propose_stop, propose_suspend
from ansinh.registry.models import Award, Change, Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.registry.conftest import AT, ON, AddPerson, only, signed_in

# Tokens are random letters, in which K3 may stand by chance.
RANDOM = re.compile(r'(?:nonce|value)="[A-Za-z0-9+/=_-]{20,}"')
SECRETS = ("HIV", "K3", "K8", "AIDS")
READERS = ("lanh-dao-xa", "lanh-dao-so")
OTHERS = ("lap-danh-sach", "cong-an-xa", "ke-toan", "chuyen-vien-so", "kiem-toan")


@pytest.fixture
def infected(add: AddPerson, maker: Officer, checker: Officer) -> Person:
    """Somebody with confidential awards and every kind of change about them."""
    person = add("Bling Thị Nở", born="2020-03-10", code="K3", household="poor")
    change = propose_suspend(award=only(person), first=Month(2024, 2), reason="Chờ", by=maker, at=AT)
    apply_change(change_id=change.pk, by=checker, at=AT)
    propose_stop(award=only(person), last_month=Month(2024, 6), reason="Hết", by=maker, at=AT)
    propose_new_award(
        person=person, award={"code": "K8", "first_month": "2024-02"}, reason="x", by=maker, at=AT
    )
    record_event(person=person, kind="disability_review", happened_on=date(2024, 2, 1), reported_on=ON,
                 source="Giấy", by=maker, at=AT)  # fmt: skip
    raise_birthdays(month=Month(2024, 3), at=AT)
    add("Bling Thị Nở", born="2020-03-10")
    return person


def pages(client: Client, person: Person) -> dict[str, str]:
    """Every page of the register that says something about the person."""
    open_to_all()
    award = Award.objects.get(person=person)
    changes = list(Change.objects.filter(person=person).values_list("pk", flat=True))
    addresses = [
        reverse("registry:people"), reverse("registry:people") + "?tim=bling",
        reverse("registry:people") + "?nhom=social_assistance", reverse("registry:person", args=[person.pk]),
        reverse("registry:award", args=[award.pk]), reverse("registry:changes"),
        reverse("registry:changes") + "?muc=tat-ca", reverse("registry:changes") + "?muc=cua-toi",
        reverse("registry:duplicates"), reverse("ui:home"),
        *[reverse("registry:change", args=[change]) for change in changes],
    ]  # fmt: skip
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 403}, address
        found[address] = RANDOM.sub("", answer.content.decode())
    return found


@pytest.mark.parametrize("username", OTHERS)
def test_no_page_tells_the_ground_to_other_roles(
    infected: Person, cast: dict[str, Officer], username: str
) -> None:
    for address, content in pages(signed_in(cast[username]), infected).items():
        told = [word for word in SECRETS if word in content]
        assert told == [], address


@pytest.mark.parametrize("username", READERS)
def test_named_roles_read_it(infected: Person, cast: dict[str, Officer], username: str) -> None:
    content = pages(signed_in(cast[username]), infected)[reverse("registry:person", args=[infected.pk])]
    assert "Trẻ em nhiễm HIV/AIDS hộ nghèo" in content


def test_the_ground_is_not_found_by_filtering_for_it(infected: Person, cast: dict[str, Officer]) -> None:
    address = reverse("registry:people")
    for code in ("K3", "K8", "K3_U4"):
        answer = signed_in(cast["cong-an-xa"]).get(address, {"che-do": code})
        assert answer.status_code == 422
        assert "Bling" not in answer.content.decode().split("<main")[1].split("Danh sách")[0]
    answer = signed_in(cast["lanh-dao-xa"]).get(address, {"che-do": "K3"})
    assert "Bling Thị Nở" in answer.content.decode()


def test_who_may_not_read_the_ground_does_not_edit_it(infected: Person, cast: dict[str, Officer]) -> None:
    address = reverse("registry:edit_award", args=[only(infected).pk])
    assert signed_in(cast["lap-danh-sach"]).get(address).status_code == 404


def test_refusals_and_the_log_do_not_tell_it(infected: Person, maker: Officer) -> None:
    same = {"code": "K3", "first_month": "2024-02"}
    with pytest.raises(ValueError, match="Trợ cấp xã hội hằng tháng"):
        propose_new_award(person=infected, award=same, reason="x", by=maker, at=AT)
    assert not any(word in str(each.details) for each in Event.objects.all() for word in SECRETS)
    assert not any(word in each.label + each.reason for each in Change.objects.all() for word in SECRETS)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_do_not_tell_it(
    infected: Person, cast: dict[str, Officer], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = exported(signed_in(cast["lap-danh-sach"]), monkeypatch, form=form)
    assert "Trợ cấp xã hội hằng tháng" in content
    assert [word for word in SECRETS if word in content] == []


def exported(client: Client, monkeypatch: pytest.MonkeyPatch, **said: Any) -> str:
    """The text of an exported file."""
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.is_reauthentication_required",
        lambda *_a, **_k: False,
    )
    answer = client.post(reverse("registry:export"), {"reason": "Họp xét duyệt", **said})
    assert answer.status_code == 200
    if said["form"] == "csv":
        return str(answer.content.decode("utf-8-sig"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
