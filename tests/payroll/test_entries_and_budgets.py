# SPDX-License-Identifier: MPL-2.0
"""Lines added by decision by two persons, holds and the year's estimates, on their pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ansinh.ledger.models import Budget
from ansinh.payroll.actions.budget import positions
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.entries import (
    NoAmount,
    OwnEntry,
    WrongStream,
    add_entry,
    confirm_entry,
    refuse_entry,
    withdraw_entry,
)
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import submit
from ansinh.payroll.models import Entry, Hold
from ansinh.payroll.today import waiting
from ansinh.registry.models import Award, Person
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.payroll.people import AT, MARCH, lines, payroll_of, person

ON = date(2024, 2, 20)


def propose(who: Person, by: Officer, **changes: object) -> Entry:
    with transaction.atomic(), opened_to_all():
        said: dict[str, object] = {
            "award": Award.objects.get(person=who), "stream": "assistance", "kind": "one_off",
            "month": MARCH, "amount_vnd": 500_000, "decision": "9/QĐ-UBND", "reason": "Hỗ trợ đột xuất",
            "by": by, "at": AT,
        }  # fmt: skip
        return add_entry(**(said | changes))  # type: ignore[arg-type]


def state(entry: Entry) -> str:
    with transaction.atomic(), opened_to_all():
        entry.refresh_from_db()
    return entry.state


def test_a_line_is_paid_only_after_another_officer_confirmed_it(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    grant = propose(person(commune, by), by)
    made = payroll_of(commune, by)
    assert [line.kind for line in lines(made)] == ["current"]
    with transaction.atomic(), opened_to_all():
        with pytest.raises(OwnEntry):
            confirm_entry(entry_id=grant.pk, by=by, at=AT)
        confirm_entry(entry_id=grant.pk, by=cast["ke-toan"], at=AT)
    calculate(payroll_id=made.pk, by=by, at=AT, on=ON)
    assert sorted((line.kind, line.amount_vnd) for line in lines(made)) == [
        ("current", 720_000), ("one_off", 500_000)
    ]  # fmt: skip
    assert state(grant) == "used"
    with transaction.atomic(), opened_to_all(), pytest.raises(NotFromThisState):
        withdraw_entry(entry_id=grant.pk, by=by, at=AT)


def test_a_refused_line_says_why_and_is_never_paid(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    grant = propose(person(commune, by), by, kind="correction")
    with transaction.atomic(), opened_to_all():
        refuse_entry(entry_id=grant.pk, reason="Quyết định đã thu hồi", by=cast["ke-toan"], at=AT)
    assert (state(grant), grant.check_note) == ("refused", "Quyết định đã thu hồi")
    assert [line.kind for line in lines(payroll_of(commune, by))] == ["current"]


def test_a_line_needs_an_amount_and_the_stream_of_its_award(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"])
    with pytest.raises(NoAmount):
        propose(who, cast["lap-danh-sach"], amount_vnd=0)
    with pytest.raises(WrongStream):
        propose(who, cast["lap-danh-sach"], stream="merit")


def test_the_database_refuses_a_line_that_one_person_made_alone(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    grant = propose(person(commune, by), by)
    for change in ({"state": "waiting"}, {"state": "waiting", "checked_by": by}, {"state": "used"}):
        with pytest.raises(IntegrityError), transaction.atomic(), opened_to_all():
            Entry.objects.filter(pk=grant.pk).update(**change)


def client(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    found = Client()
    found.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_a_line_is_proposed_and_checked_on_pages(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"], name="Ngô Thị Tìm")
    with transaction.atomic(), opened_to_all():
        award = Award.objects.get(person=who)
    maker, checker = client(cast["lap-danh-sach"], monkeypatch), client(cast["ke-toan"], monkeypatch)
    assert f"/bang-chi/dong-them/khoan/{award.pk}/" in maker.get(
        "/bang-chi/dong-them/?tim=ngo thi tim"
    ).content.decode()  # fmt: skip
    said = {
        "kind": "one_off",
        "month": "3/2024",
        "amount_vnd": "500.5",
        "decision": "9/QĐ",
        "reason": "Đột xuất",
    }
    wrong = maker.post(f"/bang-chi/dong-them/khoan/{award.pk}/", said)
    assert wrong.status_code == 422
    assert "9/QĐ" in wrong.content.decode()  # what was typed stays
    assert maker.post(
        f"/bang-chi/dong-them/khoan/{award.pk}/", said | {"amount_vnd": "500.000"}
    ).status_code == 302  # fmt: skip
    page = checker.get("/bang-chi/dong-them/").content.decode()
    assert "Ngô Thị Tìm" in page
    with transaction.atomic(), opened_to_all():
        entry = Entry.objects.get()
    assert (
        f"/bang-chi/dong-them/{entry.pk}/kiem-tra/" not in maker.get("/bang-chi/dong-them/").content.decode()
    )
    assert maker.post(f"/bang-chi/dong-them/{entry.pk}/kiem-tra/", {"decision": "confirm"}).status_code == 403
    checker.post(f"/bang-chi/dong-them/{entry.pk}/kiem-tra/", {"decision": "confirm"})
    assert state(entry) == "waiting"


def test_a_hold_is_placed_and_released_on_pages_with_reasons(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"], name="Ngô Thị Tìm")
    maker = client(cast["lap-danh-sach"], monkeypatch)
    assert f"/bang-chi/giu/nguoi/{who.pk}/" in maker.get("/bang-chi/giu/?tim=ngo thi tim").content.decode()
    assert maker.post(f"/bang-chi/giu/nguoi/{who.pk}/", {"stream": "", "reason": " "}).status_code == 422
    maker.post(f"/bang-chi/giu/nguoi/{who.pk}/", {"stream": "", "reason": "Có tố giác"})
    again = maker.post(f"/bang-chi/giu/nguoi/{who.pk}/", {"stream": "", "reason": "Lần nữa"})
    assert "Gỡ lần giữ đó trước" in again.content.decode()
    with transaction.atomic(), opened_to_all():
        hold = Hold.objects.get()
    made = payroll_of(commune, cast["lap-danh-sach"])
    page = maker.get(f"/bang-chi/{made.pk}/giu/").content.decode()
    assert "Gỡ tạm giữ, ghi lý do." in page
    assert 'href="/bang-chi/giu/"' in page  # where it is released
    maker.post(f"/bang-chi/giu/{hold.pk}/go/", {"reason": "Tố giác không đúng"})
    assert "Tố giác không đúng" in maker.get("/bang-chi/giu/").content.decode()


def test_the_budget_page_takes_a_decision_and_shows_what_a_payroll_lacks(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = payroll_of(commune, by)
    accountant = client(cast["ke-toan"], monkeypatch)
    assert (
        "chưa có dự toán; không trình được" in accountant.get("/bang-chi/du-toan/?nam=2024").content.decode()
    )
    said = {"unit": commune.pk, "stream": "assistance", "year": 2024, "act": "give", "amount_vnd": "700.000",
            "decision": "1/QĐ-UBND", "decided_on": "05/01/2024"}  # fmt: skip
    assert accountant.post("/bang-chi/du-toan/?nam=2024", said).status_code == 302
    again = accountant.post("/bang-chi/du-toan/?nam=2024", said)
    assert "đã ghi cho đơn vị" in again.content.decode()
    page = accountant.get("/bang-chi/du-toan/?nam=2024").content.decode()
    assert "thiếu 20.000" in page
    accountant.post("/bang-chi/du-toan/?nam=2024", said | {"amount_vnd": "800.000", "decision": "2/QĐ-UBND"})
    accountant.post(
        "/bang-chi/du-toan/?nam=2024", said | {"act": "cut", "amount_vnd": "100.000", "decision": "3/QĐ-UBND"}
    )
    assert sum(Budget.objects.values_list("amount_vnd", flat=True)) == 1_400_000
    submit(payroll_id=made.pk, by=by, at=AT)
    with transaction.atomic(), opened_to_all():
        (position,) = positions(unit_ids=[commune.pk], year=2024)
    assert (position.waiting_vnd, position.spent_vnd, position.left_vnd) == (720_000, 0, 680_000)
    assert "680.000" in accountant.get("/bang-chi/du-toan/?nam=2024").content.decode()
    maker = client(by, monkeypatch)
    assert maker.post("/bang-chi/du-toan/?nam=2024", said).status_code == 403
    assert Budget.objects.count() == 3


def test_the_board_shows_who_pays_each_commune_and_what_blocks(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, province = units()
    person(commune, cast["lap-danh-sach"])
    reader = client(cast["lap-danh-sach"], monkeypatch)
    page = reader.get("/bang-chi/?thang=2024-03").content.decode()
    missing = page.count("chưa lập")  # both streams of each commune that this one is made of today
    assert missing == page.count("quá hạn chốt") > 0
    made = payroll_of(commune, cast["lap-danh-sach"])
    assert "thiếu dự toán 720.000 đ" in reader.get("/bang-chi/?thang=2024-03").content.decode()
    with transaction.atomic(), opened_to_all():
        prepare(unit=province, stream="merit", period=MARCH, by=cast["chuyen-vien-so"], at=AT)
    page = reader.get("/bang-chi/?thang=2024-03").content.decode()
    assert page.count(f"theo bảng chi của {province.name}") == missing // 2
    assert page.count("chưa lập") == missing // 2 - 1
    assert f"/bang-chi/{made.pk}/" in page


def test_todays_work_counts_what_waits_for_the_payroll(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    now = datetime(2024, 3, 26, 3, tzinfo=UTC)  # the 25th is over

    def seen(who: Officer) -> dict[str, tuple[int, int]]:
        with transaction.atomic(), opened_to_all():
            return {str(task.label): (task.count, task.overdue) for task in waiting(who.pk, now)}

    propose(person(commune, by), by)
    assert seen(by) == {"Bảng chi tháng 4/2024 chưa lập": (2, 2)}
    assert seen(cast["ke-toan"]) == {"Dòng thêm theo quyết định chờ kiểm tra": (1, 0)}
    payroll_of(commune, by, period=Month(2024, 4))
    assert seen(by) == {
        "Bảng chi tháng 4/2024 chưa lập": (1, 1), "Bảng chi đã tính, chưa trình": (1, 1),
    }  # fmt: skip


def test_a_confidential_ground_stays_closed_on_the_pages_of_a_payroll(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"], name="Lê Thị Kín", code="K8", household="poor")
    made = payroll_of(commune, cast["lap-danh-sach"])
    (line,) = lines(made)
    address = f"/bang-chi/{made.pk}/dong/{line.id}/"
    accountant = client(cast["ke-toan"], monkeypatch)
    for page in (address, f"/bang-chi/{made.pk}/danh-sach/", f"/bang-chi/{made.pk}/"):
        said = accountant.get(page).content.decode()
        assert "K8" not in said, page
        assert "HIV" not in said, page
    assert "được giữ kín" in accountant.get(address).content.decode()
    leader = client(cast["lanh-dao-xa"], monkeypatch).get(address).content.decode()
    assert "Từng bước tính" in leader
    answer = client(cast["lap-danh-sach"], monkeypatch).get(f"/ho-so/doi-tuong/{who.pk}/")
    assert answer.status_code == 200
    card = answer.content.decode()
    assert address in card
    assert f"/bang-chi/giu/nguoi/{who.pk}/" in card
