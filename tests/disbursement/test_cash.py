# SPDX-License-Identifier: MPL-2.0
"""Cash as good as the bank path: checked before it is handed over, marked once with its receipt, entered
afterwards when there was no network, counted every evening, brought back, within its limit."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from ansinh.disbursement.actions.cash import (
    PaidAlready,
    PayeeDied,
    PhotoMissing,
    ProxyNotValid,
    ProxyPaperMissing,
    Scan,
    hand_to_payee,
    not_collected,
)
from ansinh.disbursement.actions.cash_box import (
    BackKnown,
    BackTooMuch,
    CashOverLimit,
    CountNeedsNote,
    LimitKnown,
    add_envelope_paper,
    bring_back,
    count_cash,
    set_limit,
)
from ansinh.disbursement.actions.pay_day import (
    PayDayDate,
    PayDayLinesMoved,
    PayDayTotalsDiffer,
    SignedList,
    SupervisorMissing,
    enter_pay_day,
)
from ansinh.disbursement.actions.release import release
from ansinh.disbursement.actions.single import CashOtherPeriod, reissue
from ansinh.disbursement.models import CashCount, Envelope, Instruction, Receipt, Slip
from ansinh.disbursement.queries import advances, cash_days, cash_expected, cash_lines
from ansinh.disbursement.slips import slip_code
from ansinh.payees.actions.papers import PaperUnknown
from ansinh.payees.models import Mandate
from ansinh.payroll.models import Payroll
from ansinh.registry.models import Person
from ansinh.rules.lookup_codes import grouped
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, ON, approved, instructed, instructions, money, sent, states
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


@pytest.fixture
def month(cast: Cast) -> Payroll:
    """Four people whose cash is with the agent."""
    payroll = instructed(cast, people=4, accounts=0)
    sent(cast, payroll, "organisation")
    return payroll


def hand(one: Instruction, by: Officer, **more: object) -> None:
    said = {"receipt": "signature", "supervisor": "Trần Văn Đức", "at": AT} | more
    hand_to_payee(instruction_id=one.pk, by=by, **said)  # type: ignore[arg-type]


def test_money_is_handed_over_once_with_its_receipt(cast: Cast, month: Payroll) -> None:
    one = instructions(month)[0]
    hand(one, cast["diem-chi"], receipt="photo", evidence=Scan("anh.jpg", JPEG))
    kept = Receipt.objects.get(pk=one.pk)
    assert (kept.kind, kept.mime, kept.entered, kept.handed_on) == ("photo", "image/jpeg", "page", ON)
    with pytest.raises(PaidAlready):
        hand(one, cast["diem-chi"])
    assert money(month)["paid_cash"] == one.amount_vnd


def test_a_photo_as_receipt_needs_the_photo_and_a_program_is_none(cast: Cast, month: Payroll) -> None:
    one = instructions(month)[0]
    with pytest.raises(PhotoMissing):
        hand(one, cast["diem-chi"], receipt="photo")
    with pytest.raises(PaperUnknown), transaction.atomic():
        hand(one, cast["diem-chi"], receipt="photo", evidence=Scan("anh.exe", b"MZ"))
    assert states(month) == ["with_agent"] * 4


def test_nobody_collects_for_somebody_who_died(cast: Cast, month: Payroll) -> None:
    one = instructions(month)[0]
    Person.objects.filter(pk=one.person_id).update(life="dead", life_since="2024-03-01")
    with pytest.raises(PayeeDied):
        hand(one, cast["diem-chi"])


def test_a_proxy_shows_a_paper_that_still_holds(cast: Cast) -> None:
    commune, _province = units()
    payroll = instructed(cast, people=1, accounts=0)
    one = instructions(payroll)[0]
    mandate = Mandate.objects.create(
        person_id=one.person_id, commune=commune, kind="proxy", payee_name="Nguyễn Văn Con", relation="con",
        document="Giấy uỷ quyền 12", certified_by="UBND xã", certified_on="2024-01-02",
        starts_on="2024-01-02", ends_on="2025-01-02", pays_from="2024-02-01", made_at=AT,
    )  # fmt: skip
    Mandate.objects.filter(pk=mandate.pk).update(state="active")
    values = {
        field.attname: getattr(one, field.attname)
        for field in Instruction._meta.concrete_fields
        if field.attname not in {"id", "end_to_end_id", "payee_key"}
    }
    proxied = Instruction.objects.create(
        **values | {"payee_kind": "proxy", "payee_name": "Nguyễn Văn Con", "mandate_id": mandate.pk},
        end_to_end_id="AS00240300000099990", payee_key="proxy",
    )  # fmt: skip
    from_agent(proxied)
    with pytest.raises(ProxyPaperMissing):
        hand(proxied, cast["diem-chi"])
    Mandate.objects.filter(pk=mandate.pk).update(ends_on="2024-03-04")
    with pytest.raises(ProxyNotValid):
        hand(proxied, cast["diem-chi"], proxy_paper="12/UQ")
    Mandate.objects.filter(pk=mandate.pk).update(ends_on="2024-03-05")
    hand(proxied, cast["diem-chi"], proxy_paper="12/UQ, căn cước …123")
    assert Receipt.objects.get(pk=proxied.pk).proxy_paper == "12/UQ, căn cước …123"


def from_agent(one: Instruction) -> None:
    """Its money is with the agent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disbursement_event (instruction_id, seq, commune_id, state_from, event, state_to,"
            " cause, reason, at) VALUES (%s, 1, %s, 'instructed', 'hand_over', 'with_agent', 'cash', '', %s)",
            [one.pk, one.commune_id, AT],
        )


def test_a_signed_list_is_entered_afterwards_and_its_totals_agree(cast: Cast, month: Payroll) -> None:
    envelope = Envelope.objects.get()
    one, two, three, _four = instructions(month)
    asked = {"envelope_id": envelope.pk, "unit_ids": [units()[0].pk], "by": cast["diem-chi"], "at": AT}
    total = one.amount_vnd + two.amount_vnd

    def enter(paid: set[int], absent: set[int], paper: SignedList) -> tuple[int, int]:
        return enter_pay_day(paid=paid, absent=absent, paper=paper, **asked)  # type: ignore[arg-type]

    both, gone = {one.pk, two.pk}, {three.pk}
    with pytest.raises(PayDayTotalsDiffer):
        enter(both, gone, SignedList(ON, "Đức", 2, total + 1))
    with pytest.raises(PayDayDate):
        enter(both, gone, SignedList(ON + timedelta(days=1), "Đức", 2, total))
    with pytest.raises(SupervisorMissing):
        enter(both, gone, SignedList(ON, " ", 2, total))
    with pytest.raises(PayDayLinesMoved):
        enter(both, both, SignedList(ON, "Đức", 2, total))
    assert enter(both, gone, SignedList(ON, "Đức", 2, total)) == (2, 1)
    assert states(month) == ["collected", "collected", "uncollected", "with_agent"]
    assert Receipt.objects.get(pk=one.pk).entered == "offline"
    with pytest.raises(PayDayLinesMoved):  # the same list again books nothing
        enter(both, gone, SignedList(ON, "Đức", 2, total))
    assert money(month)["paid_cash"] == total


def test_the_box_is_what_was_drawn_less_what_was_paid_and_brought_back(cast: Cast, month: Payroll) -> None:
    commune, _province = units()
    one, two, *_others = instructions(month)
    drawn = sum(each.amount_vnd for each in instructions(month))
    hand(one, cast["diem-chi"])
    not_collected(instruction_id=two.pk, reason="ABSENT", by=cast["diem-chi"], at=AT)
    assert cash_expected(commune_id=commune.pk, on=ON) == drawn - one.amount_vnd
    agent, books = cast["diem-chi"], cast["ke-toan"]
    with pytest.raises(CountNeedsNote):
        count_cash(commune_id=commune.pk, counted_vnd=1, note="", by=agent, at=AT)
    count_cash(commune_id=commune.pk, counted_vnd=drawn - one.amount_vnd, note="", by=agent, at=AT)
    back = {"commune_id": commune.pk, "source": month.stream, "period": Month(2024, 3), "day": ON,
            "by": books, "at": AT, "document": "Giấy nộp tiền 07"}  # fmt: skip
    with pytest.raises(BackTooMuch):
        bring_back(amount_vnd=two.amount_vnd + 1, **back)  # type: ignore[arg-type]
    bring_back(amount_vnd=two.amount_vnd, **back)  # type: ignore[arg-type]
    with pytest.raises(BackKnown):
        bring_back(amount_vnd=two.amount_vnd, **back)  # type: ignore[arg-type]
    row = advances(unit_ids=[commune.pk])[0]
    assert (row["drawn"], row["paid"], row["unpaid"], row["back"], row["owed"]) == (
        drawn, one.amount_vnd, two.amount_vnd, two.amount_vnd, 0,
    )  # fmt: skip
    assert row["drawn"] == row["paid"] + row["unpaid"] + row["still"]
    day = cash_days(unit_ids=[commune.pk], on=ON)[0]
    assert (day["day"], day["evening"], day["counted_vnd"]) == (ON, row["still"], drawn - one.amount_vnd)


def test_a_count_that_differs_without_a_word_cannot_be_stored(cast: Cast, month: Payroll) -> None:
    values = {"commune": units()[0], "day": ON, "expected_vnd": 5, "counted_vnd": 4, "at": AT}
    with pytest.raises(DatabaseError), transaction.atomic():
        CashCount.objects.create(by=cast["diem-chi"], **values)


def test_cash_over_the_limit_or_older_than_it_does_not_leave(cast: Cast) -> None:
    commune, _province = units()
    payroll = instructed(cast, people=2, accounts=0)
    envelope = approved(cast, payroll, "organisation")
    limit = {"commune_id": commune.pk, "most_days": 20, "decision": "HĐ 5", "by": cast["ke-toan"], "at": AT}
    set_limit(most_vnd=envelope.sum_vnd - 1, valid_from=date(2024, 1, 1), **limit)  # type: ignore[arg-type]
    with pytest.raises(LimitKnown):
        set_limit(most_vnd=1, valid_from=date(2024, 1, 1), **limit)  # type: ignore[arg-type]
    with pytest.raises(CashOverLimit, match=commune.name):
        release(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    set_limit(most_vnd=envelope.sum_vnd, valid_from=date(2024, 2, 1), **limit)  # type: ignore[arg-type]
    release(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)


def test_what_came_back_goes_to_cash_only_in_its_own_month(cast: Cast) -> None:
    payroll = instructed(cast, people=1, accounts=1)
    sent(cast, payroll)
    one = instructions(payroll)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disbursement_event (instruction_id, seq, commune_id, state_from, event, state_to,"
            " cause, reason, at) VALUES (%s, 2, %s, 'sent', 'reject', 'failed', 'result', 'AC04', %s)",
            [one.pk, one.commune_id, AT],
        )
    with pytest.raises(CashOtherPeriod):
        reissue(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=AT + timedelta(days=40))


def test_a_scan_is_kept_with_its_envelope_once(cast: Cast, month: Payroll) -> None:
    envelope = Envelope.objects.get()
    for _twice in range(2):
        add_envelope_paper(envelope=envelope, kind="signed_list", scan=Scan("ds.pdf", b"%PDF-1.7"),
                           by=cast["diem-chi"], at=AT)  # fmt: skip
    assert envelope.papers.count() == 1


# --- on the pages --------------------------------------------------------------------------------------


def test_a_list_too_long_for_one_paper_comes_as_several(
    cast: Cast, month: Payroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.disbursement.cash_papers.PAGEFUL", 3)
    agent = signed_in(cast["diem-chi"])
    got = agent.get(reverse("disbursement:print_list", args=[Envelope.objects.get().pk]))
    names = zipfile.ZipFile(io.BytesIO(got.content)).namelist()
    assert names[0].endswith("-01.pdf")
    assert names[2].endswith("-02.pdf")
    assert len(names) == 5


def test_the_pack_for_a_day_without_network_has_lists_slips_and_blank_forms(
    cast: Cast, month: Payroll
) -> None:
    envelope = Envelope.objects.get()
    agent = signed_in(cast["diem-chi"])
    got = agent.get(reverse("disbursement:print_pack", args=[envelope.pk]))
    names = zipfile.ZipFile(io.BytesIO(got.content)).namelist()
    assert names == ["1-danh-sach-ky-nhan-01.pdf", "2-phieu-01.pdf", "3-bien-ban-trang.pdf"]
    for each in ("print_list", "print_slips"):
        assert agent.get(reverse(f"disbursement:{each}", args=[envelope.pk])).content[:5] == b"%PDF-"
    maker = signed_in(cast["lap-danh-sach"])
    assert maker.get(reverse("disbursement:office_pack", args=[envelope.pk])).content[:2] == b"PK"
    open_to_all()
    assert Slip.objects.count() == 4


def test_a_slip_shows_its_status_to_everybody_and_opens_for_who_pays(cast: Cast, month: Payroll) -> None:
    one = instructions(month)[0]
    envelope = Envelope.objects.get()
    agent = signed_in(cast["diem-chi"])
    agent.get(reverse("disbursement:print_slips", args=[envelope.pk]))
    code = grouped(slip_code(end_to_end_id=one.end_to_end_id))
    answer = agent.get(reverse("directives:look_up"), {"ma": code})
    told = answer.content.decode()
    assert "Tiền ở điểm chi" in told
    assert "Mở phiếu để chi" in told

    anybody = Client().get(reverse("directives:look_up"), {"ma": code}).content.decode()
    assert "Tiền ở điểm chi" in anybody
    assert one.person_name not in anybody
    assert "Mở phiếu" not in anybody
    went = agent.get(reverse("disbursement:cash_day"), {"tim": code})
    assert went.headers["Location"] == reverse("disbursement:slip", args=[one.pk])


def test_a_signed_list_on_the_page_keeps_every_tick_when_totals_differ(cast: Cast, month: Payroll) -> None:
    envelope = Envelope.objects.get()
    one, two, *_others = instructions(month)
    agent = signed_in(cast["diem-chi"])
    address = reverse("disbursement:enter", args=[envelope.pk])
    Envelope.objects.filter(pk=envelope.pk).update(sent_at=AT)
    ticked = {f"dong-{one.pk}": "paid", f"dong-{two.pk}": "absent", "handed_on": "04/03/2024",
              "supervisor": "Trần Văn Đức", "count": "1", "sum_vnd": "1"}  # fmt: skip
    answer = agent.post(address, ticked)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Chưa ghi gì" in told
    assert told.count("checked") == 4
    scan = SimpleUploadedFile("ds.pdf", b"%PDF-1.7 signed")
    done = agent.post(address, ticked | {"sum_vnd": str(one.amount_vnd), "scan": scan}, follow=True)
    assert "Đã ghi 1 người đã nhận, 1 người chưa đến" in done.content.decode()
    open_to_all()
    assert states(month)[:2] == ["collected", "uncollected"]
    assert envelope.papers.get().kind == "signed_list"
    assert [line.state for line in cash_lines(envelope_id=envelope.pk, unit_ids=[units()[0].pk])].count(
        "with_agent") == 2  # fmt: skip


def test_the_box_and_the_advance_are_pages(cast: Cast, month: Payroll) -> None:
    commune, _province = units()
    agent, books = signed_in(cast["diem-chi"]), signed_in(cast["ke-toan"])
    two = instructions(month)[1]
    open_to_all()
    not_collected(instruction_id=two.pk, reason="ABSENT", by=cast["diem-chi"], at=AT)
    assert "Sổ còn" in agent.get(reverse("disbursement:box")).content.decode()
    for said in ("1000", "0"):  # an empty box is an amount too
        told = agent.post(reverse("disbursement:box"), {"commune": commune.pk, "counted_vnd": said})
        assert "Đếm lại" in told.content.decode()
    data = {"commune": commune.pk, "source": month.stream, "period": "03/2024", "document": "GNT 7",
            "amount_vnd": str(two.amount_vnd), "day": "05/03/2024"}  # fmt: skip
    done = books.post(reverse("disbursement:bring_back"), data, follow=True)
    assert "Đã ghi số tiền nộp lại" in done.content.decode()
    limit = {"commune": commune.pk, "most_vnd": "50.000.000", "most_days": "20", "valid_from": "01/04/2024",
             "decision": "HĐ 05"}  # fmt: skip
    assert (
        "Đã ghi hạn mức" in books.post(reverse("disbursement:set_limit"), limit, follow=True).content.decode()
    )
    assert books.get(reverse("disbursement:advance_paper")).content[:5] == b"%PDF-"
