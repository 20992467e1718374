# SPDX-License-Identifier: MPL-2.0
"""Hostile requests to the register (rows 88-126 of the list of bad inputs, as far as it is built)."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from ansinh.audit.models import Event
from ansinh.registry.actions import lookups
from ansinh.registry.actions import people as acts
from ansinh.registry.actions.changes import OwnChange, apply_change, propose_change
from ansinh.registry.models import Award, Change, Person
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.staff.scope import open_to_all
from tests.conftest import make_cast, units
from tests.registry.conftest import AT, AddPerson, add, again, checker, maker, signed_in, sister
from tests.registry.test_confidential_grounds import exported

__all__ = ["add", "checker", "maker"]


@pytest.fixture
def other(add: AddPerson, maker: Officer) -> dict[str, int]:
    """Ids of things of the sister commune."""
    person = add("Hồ Thị Kín", code="K6_N", unit=sister(units()[0]))
    change = propose_change(
        person=person, kind="person", content={"hamlet": "x"}, reason="x", by=maker, at=AT
    )
    return {"person_id": person.pk, "award_id": person.awards.get().pk, "change_id": change.pk}


GETS = {"person": "person_id", "propose": "person_id", "new_award": "person_id", "award": "award_id",
        "edit_award": "award_id", "change": "change_id"}  # fmt: skip
POSTS = ("propose", "new_award", "event", "move", "stop", "suspend", "resume", "withdraw")


@pytest.mark.parametrize("name", GETS)
def test_88_a_thing_of_another_commune_does_not_exist(
    other: dict[str, int], cast: dict[str, Officer], name: str
) -> None:
    address = reverse(f"registry:{name}", args=[other[GETS[name]]])
    assert signed_in(cast["lap-danh-sach"]).get(address).status_code == 404
    assert signed_in(cast["kiem-toan"]).get(address).status_code in {200, 403}  # it does exist


@pytest.mark.parametrize("name", POSTS)
def test_88_nor_is_it_acted_upon(other: dict[str, int], cast: dict[str, Officer], name: str) -> None:
    key = {"withdraw": "change_id"} | dict.fromkeys(("stop", "suspend", "resume"), "award_id")
    address = reverse(f"registry:{name}", args=[other[key.get(name, "person_id")]])
    assert signed_in(cast["lap-danh-sach"]).post(address, {"reason": "x"}).status_code == 404
    open_to_all()
    assert Change.objects.count() == 1


def test_88_a_filter_for_another_commune_shows_nobody(
    other: dict[str, int], cast: dict[str, Officer]
) -> None:
    for query in ({"xa": sister(units()[0]).pk}, {"tim": "ho thi kin"}, {"sau": other["person_id"]}):
        content = signed_in(cast["lap-danh-sach"]).get(reverse("registry:people"), query).content.decode()
        assert "Hồ Thị Kín" not in content


@pytest.mark.parametrize(
    "query",
    [{"order": "number_enc"}, {"number_bidx__startswith": "0"}, {"life__contains": "d"},
     {"song": "dead' OR 1=1"}, {"thieu": "number_bidx"}, {"nhom": "x"}, {"che-do": "x"}],
)  # fmt: skip
def test_89_filters_are_a_closed_list(
    add: AddPerson, cast: dict[str, Officer], query: dict[str, str]
) -> None:
    add()
    answer = signed_in(cast["lap-danh-sach"]).get(reverse("registry:people"), query)
    ours = set(query) & {"song", "thieu", "nhom", "che-do"}
    assert answer.status_code == (422 if ours else 200)
    plain = signed_in(cast["lap-danh-sach"]).get(reverse("registry:people"))
    if not ours:  # what is unknown changes nothing, so it tells nothing
        assert answer.context["totals"] == plain.context["totals"]


def test_90_fields_that_a_form_does_not_have_are_not_taken(add: AddPerson, cast: dict[str, Officer]) -> None:
    person = add()
    client = signed_in(cast["lap-danh-sach"])
    asked = {"name": "Nguyễn Thị Lan", "born": "1950", "sex": "female", "household": "other",
             "reason": "Theo thẻ", "document": "KS 1", "version": 1}  # fmt: skip
    smuggled = {"commune_id": sister(units()[0]).pk, "state": "applied", "merged_into": 1, "life": "dead",
                "made_by": 1, "decided_by": 1, "is_staff": 1, "kind": "death"}  # fmt: skip
    said = asked | smuggled
    assert client.post(reverse("registry:propose", args=[person.pk]), said).status_code == 302
    open_to_all()
    change = Change.objects.get()
    assert (change.kind, change.state, change.decided_by, change.made_by) == (
        "person", "proposed", None, cast["lap-danh-sach"],
    )  # fmt: skip
    assert again(person).version == 1


def test_91_a_step_is_not_skipped(add: AddPerson, maker: Officer, checker: Officer) -> None:
    change = propose_change(person=add(), kind="life", content={"life": "abroad", "since": "2024-01-01"},
                            reason="x", by=maker, at=AT)  # fmt: skip
    apply_change(change_id=change.pk, by=checker, at=AT)
    with pytest.raises(NotFromThisState):
        apply_change(change_id=change.pk, by=checker, at=AT)


def test_92_nobody_checks_their_own(add: AddPerson, maker: Officer) -> None:
    change = propose_change(person=add(), kind="person", content={"hamlet": "x"}, reason="x", by=maker, at=AT)
    with pytest.raises(OwnChange):
        apply_change(change_id=change.pk, by=maker, at=AT)
    assert signed_in(maker).post(reverse("registry:decide", args=[change.pk])).status_code == 403


def test_93_of_many_checks_at_once_one_takes_effect(committed_database: str) -> None:
    cast = make_cast()
    with transaction.atomic():
        open_to_all()
        person = acts.add_person(unit_id=units()[0].pk, values={"name": "Lê Ba", "born": "1950"}, award=None,
                                 since=date(2024, 1, 1), by=cast["lap-danh-sach"], at=AT)  # fmt: skip
        change = propose_change(person=person, kind="person", content={"hamlet": "Thôn 2"}, reason="x",
                                by=cast["lap-danh-sach"], at=AT)  # fmt: skip

    def check(_number: int) -> str:
        try:
            with transaction.atomic():
                open_to_all()
                apply_change(change_id=change.pk, by=cast["lanh-dao-xa"], at=AT)
        except NotFromThisState:
            return "first"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as many:
        outcomes = list(many.map(check, range(8)))
    assert sorted(outcomes) == ["done"] + ["first"] * 7
    with transaction.atomic():
        open_to_all()
        assert Person.objects.get().version == 2


def test_95_without_the_form_s_token_nothing_is_done(add: AddPerson, cast: dict[str, Officer]) -> None:
    person = add()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["lap-danh-sach"], backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("registry:event", args=[person.pk])
    tries: list[dict[str, Any]] = [
        {"data": {"kind": "death"}},
        {"data": '{"kind": "death"}', "content_type": "text/plain"},
        {"data": '{"kind": "death"}', "content_type": "application/json"},
        {"data": {"kind": "death"}, "headers": {"origin": "null"}},
    ]
    for each in tries:
        assert client.post(address, **each).status_code == 403
    page = client.get(reverse("registry:person", args=[person.pk]))
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in page.headers
    open_to_all()
    assert Change.objects.count() == 0


INJECTIONS = ["'; DROP TABLE registry_person; --", "a' OR '1'='1", "%' UNION SELECT 1",
              "\\'; SET ansinh.scope='*'", "ho\x00thi", "$1 $2", "%%s %s", "{0.__class__}", "*"]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_96_a_search_is_text_and_nothing_else(
    other: dict[str, int], cast: dict[str, Officer], text: str
) -> None:
    client = signed_in(cast["lap-danh-sach"])
    for field in ("tim", "xa", "sau", "truoc"):
        answer = client.get(reverse("registry:people"), {field: text})
        assert answer.status_code in {200, 422}
        assert "Hồ Thị Kín" not in answer.content.decode()
    open_to_all()
    assert Person.objects.count() == 1


def test_97_what_is_typed_is_shown_as_text(add: AddPerson, maker: Officer, cast: dict[str, Officer]) -> None:
    evil = "<script>alert(1)</script>"
    person = add(hamlet=evil)
    change = propose_change(person=person, kind="person", content={"hamlet": evil}, reason=evil, by=maker,
                            at=AT, label=evil)  # fmt: skip
    client = signed_in(cast["lanh-dao-xa"])
    addresses = [
        reverse("registry:person", args=[person.pk]),
        reverse("registry:change", args=[change.pk]),
        reverse("registry:changes"),
        reverse("registry:people") + f"?tim={evil}",
    ]
    for address in addresses:
        answer = client.get(address)
        assert evil not in answer.content.decode(), address
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_98_a_cell_of_an_export_is_never_a_formula(
    add: AddPerson, cast: dict[str, Officer], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = '=HYPERLINK("http://x.invalid","a")'
    Person.objects.filter(pk=add(number="000150000077", hamlet=evil).pk).update(
        name="+84 Lan", name_folded="lan"
    )
    add("Lê Ba", hamlet="@SUM(A1)")
    content = exported(signed_in(cast["lap-danh-sach"]), monkeypatch, form=form)
    if form == "csv":
        assert "'=HYPERLINK" in content
        assert ";'+84 Lan;" in content
        assert "'@SUM(A1)" in content
    else:
        assert "<f>" not in content
        assert 'quotePrefix="1"' in content
    assert "000150000077" not in content
    assert "••••0077" in content
    assert "Người xuất: Nguyễn Thị Hoà" in content
    event = Event.objects.get(act="registry.export")
    assert event.details["reason"] == "Họp xét duyệt"


def test_98_an_export_needs_a_reason_and_the_password_again(add: AddPerson, cast: dict[str, Officer]) -> None:
    add()
    answer = signed_in(cast["lap-danh-sach"]).post(reverse("registry:export"), {"form": "csv", "reason": "x"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    with pytest.raises(lookups.ExportNeedsReason):
        lookups.record_export(count=1, query="", form="csv", reason=" ", by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(lookups.ExportTooLong):
        lookups.record_export(count=10**6, query="", form="csv", reason="x", by=cast["lap-danh-sach"], at=AT)
    assert signed_in(cast["kiem-toan"]).post(reverse("registry:export"), {}).status_code == 403


def test_105_a_role_that_ended_ends_at_once(add: AddPerson, cast: dict[str, Officer]) -> None:
    client, person = signed_in(cast["lap-danh-sach"]), add()
    address = reverse("registry:person", args=[person.pk])
    assert client.get(address).status_code == 200
    RoleAssignment.objects.filter(officer=cast["lap-danh-sach"]).update(state="ended")
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "target", ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:alert(1)"]
)
def test_106_nobody_is_sent_elsewhere(cast: dict[str, Officer], target: str) -> None:
    client = signed_in(cast["lap-danh-sach"])
    answer = client.post(reverse("ui:language"), {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"
    kept = client.post(reverse("registry:keep_view"), {"name": "x", "query": f"next={target}&tim=a&x=1"})
    assert kept.headers["Location"] == f"{reverse('registry:people')}?tim=a"


def test_106_a_page_about_people_is_stored_nowhere(add: AddPerson, cast: dict[str, Officer]) -> None:
    client, person = signed_in(cast["lap-danh-sach"]), add()
    page = client.get(reverse("registry:person", args=[person.pk]))
    assert "no-store" in page.headers["Cache-Control"]
    disguised = client.get(reverse("registry:person", args=[person.pk]) + "x.css")
    assert disguised.status_code == 404
    assert client.get("/", headers={"host": "evil.invalid"}).status_code == 400
    assert '"cache"' in client.post(reverse("account_logout")).headers["Clear-Site-Data"]


def test_107_long_input_is_answered_quickly(add: AddPerson, cast: dict[str, Officer]) -> None:
    person, client = add(), signed_in(cast["lap-danh-sach"])
    started = time.perf_counter()
    for text in ("a" * 50_000, "a " * 25_000, "(" * 50_000, "à" * 50_000, "1" * 50_000, ", " * 25_000):
        assert client.get(reverse("registry:people"), {"tim": text}).status_code in {200, 422}
        said = {"name": text, "born": text[:1_000], "household": "other", "reason": "x", "phone": text}
        assert client.post(reverse("registry:propose", args=[person.pk]), said).status_code == 422
    assert time.perf_counter() - started < 20
    many = {f"f{number}": "x" for number in range(10_000)}
    assert client.post(reverse("registry:propose", args=[person.pk]), many).status_code == 400


@pytest.mark.parametrize("text", ["a", "1", "12", "  ", ".", "-", "%", "_"])
def test_108_one_letter_finds_nobody(add: AddPerson, cast: dict[str, Officer], text: str) -> None:
    add("A Lăng")
    answer = signed_in(cast["lap-danh-sach"]).get(reverse("registry:people"), {"tim": text})
    assert answer.status_code == (200 if not text.strip() else 422)


def test_108_searching_without_end_is_stopped_and_recorded(
    add: AddPerson, cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "MOST_SEARCHES", 3)
    add()
    client = signed_in(cast["lap-danh-sach"])
    statuses = [client.get(reverse("registry:people"), {"tim": "hoa"}).status_code for _ in range(6)]
    assert statuses == [200, 200, 200, 422, 422, 422]
    assert Event.objects.filter(act="registry.search_over_quota").count() == 1
    assert client.get(reverse("registry:people")).status_code == 200  # the list itself stays open


def test_109_numbers_are_shown_one_by_one_with_a_reason_and_not_in_bulk(
    add: AddPerson, maker: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_REVEALS", 2)
    person = add(number="000150000077")
    with pytest.raises(acts.RevealNeedsReason):
        acts.reveal_number(person_id=person.pk, reason=" ", by=maker, at=AT)
    for _ in range(2):
        assert acts.reveal_number(person_id=person.pk, reason="Đối chiếu", by=maker, at=AT) == "000150000077"
    with pytest.raises(acts.RevealQuota):
        acts.reveal_number(person_id=person.pk, reason="Đối chiếu", by=maker, at=AT)
    assert Event.objects.filter(act="registry.reveal_over_quota").count() == 1
    reasons = {each.details["reason"] for each in Event.objects.filter(act="registry.reveal_number")}
    assert reasons == {"Đối chiếu"}
    later = datetime(2024, 3, 5, 4, tzinfo=UTC)
    acts.reveal_number(person_id=person.pk, reason="Đối chiếu", by=maker, at=later)


def test_109_pages_show_the_end_of_a_number_only(add: AddPerson, cast: dict[str, Officer]) -> None:
    person = add(number="000150000077", old_number="201234567", phone="0912345678")
    for username in ("cong-an-xa", "lanh-dao-xa", "ke-toan", "kiem-toan"):
        content = signed_in(cast[username]).get(reverse("registry:person", args=[person.pk])).content.decode()
        assert "000150000077" not in content
        assert "201234567" not in content
        assert "0912345678" not in content
        assert "0077" in content


CLOSED = ["/admin/", "/.env", "/.git/config", "/static/../settings.py", "/backup.sql", "/openapi.json",
          "/api/docs", "/debug/", "/ho-so/doi-tuong/../../../etc/passwd"]  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_112_nothing_else_is_served(cast: dict[str, Officer], path: str) -> None:
    for client in (Client(), signed_in(cast["quan-tri"])):
        assert client.get(path).status_code in {302, 400, 403, 404}


def test_121_a_form_of_an_older_tab_is_told_so(add: AddPerson, maker: Officer, checker: Officer) -> None:
    person = add()
    change = propose_change(
        person=person, kind="person", content={"hamlet": "Thôn 2"}, reason="x", by=maker, at=AT
    )
    apply_change(change_id=change.pk, by=checker, at=AT)
    said = {"name": "Nguyễn Thị Lan", "born": "15/06/1950", "sex": "female", "household": "other",
            "reason": "x", "version": 1}  # fmt: skip
    answer = signed_in(maker).post(reverse("registry:propose", args=[person.pk]), said)
    assert answer.status_code == 422
    assert "đã được người khác sửa" in answer.content.decode()
    assert "Nguyễn Thị Lan" in answer.content.decode()  # what was typed is kept
    open_to_all()
    assert Award.objects.count() == 0
