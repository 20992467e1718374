# SPDX-License-Identifier: MPL-2.0
"""A month on the pages: split confirmed, file approved by two, released, results in, returns decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh.approvals.models import Submission
from ansinh.disbursement.models import Envelope
from ansinh.reconciliation.models import Case
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import instructed, instructions, locked, say_yes, sent, states
from tests.reconciliation.answers import file, row
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.did_recently_reauthenticate",
                        lambda _request: True)  # fmt: skip
    open_to_all()


def page(client: Client, name: str, *args: int, **data: object) -> str:
    address = reverse(name, args=args)
    answer = client.post(address, data, follow=True) if data else client.get(address)
    assert answer.status_code == 200, (name, answer.status_code)
    open_to_all()
    return answer.content.decode()


def test_a_month_is_paid_on_the_pages(cast: Cast) -> None:
    payroll = locked(cast)
    maker, treasury, books = (signed_in(cast[name]) for name in ("lap-danh-sach", "kho-bac", "ke-toan"))
    assert "chờ lập lệnh chi" in page(maker, "disbursement:board")
    shown = page(maker, "disbursement:split", payroll.pk)
    assert "Tiền mặt tại điểm chi" in shown
    hidden = [part.split('"')[0] for part in shown.split('name="xac-nhan" value="')[1:]]
    assert "Đã lập 6 lệnh chi" in page(maker, "disbursement:split", payroll.pk, **{"xac-nhan": hidden})
    page(maker, "disbursement:build", payroll.pk, layout="bulk_bin")
    envelope = Envelope.objects.get()
    assert "Trình hai người duyệt" in page(maker, "disbursement:envelope", envelope.pk)
    page(maker, "disbursement:hand_in", envelope.pk, ok=1)
    say_yes(Submission.objects.get(subject="envelope"), cast["lanh-dao-xa"], cast["ke-toan"])
    assert "Cho chi" in page(treasury, "disbursement:envelope", envelope.pk)
    page(treasury, "disbursement:send", envelope.pk, ok=1)
    got = treasury.get(reverse("disbursement:download", args=[envelope.pk]))
    assert got.content.startswith(b'"REF"')
    open_to_all()
    one, two, *others = instructions(payroll, channel="account")
    content = file([row(one, "RETURNED", reason="AC04"), row(two, amount=5), *(row(each) for each in others)])
    told = page(books, "reconciliation:files", file=SimpleUploadedFile("kq.csv", content), form="bank_csv",
                stream=payroll.stream, unit=units()[0].pk)  # fmt: skip
    assert "Đã ghi 3 dòng" in told
    assert "Số tiền khác lệnh chi" in page(books, "reconciliation:cases")
    case = Case.objects.get()
    page(books, "reconciliation:case", case.pk, remedy="explained", evidence="Công văn 12/NH")
    say_yes(Submission.objects.get(subject="result_case"), cast["lanh-dao-xa"], cast["ke-toan-so"])
    back = page(maker, "reconciliation:returns")
    assert "Tài khoản đã đóng" in back
    assert "Đăng ký tài khoản khác" in back
    late = page(maker, "reconciliation:settle_return", one.pk, decision="cash")
    assert "đã qua kỳ nên không chuyển sang tiền mặt" in late  # a month of 2024, decided today
    assert "Đã chuyển sang kỳ sau" in page(maker, "reconciliation:settle_return", one.pk, decision="carry")
    assert "cân" in page(books, "ledger:conservation")
    assert one.end_to_end_id in page(maker, "registry:person", one.person_id)


def test_cash_is_checked_before_it_is_handed_over_and_marked_once(cast: Cast) -> None:
    payroll = locked(cast)
    maker = signed_in(cast["lap-danh-sach"])
    shown = page(maker, "disbursement:split", payroll.pk)
    hidden = [part.split('"')[0] for part in shown.split('name="xac-nhan" value="')[1:]]
    page(maker, "disbursement:split", payroll.pk, **{"xac-nhan": hidden})
    sent(cast, payroll, "organisation")
    agent = signed_in(cast["diem-chi"])
    one, two = instructions(payroll, channel="pay_point")
    assert "Còn 2 người chưa nhận" in page(agent, "disbursement:cash_day")
    assert "Người giám sát" in page(agent, "disbursement:slip", one.pk)
    page(agent, "disbursement:slip", one.pk, decision="paid", receipt="signature", supervisor="Trần Văn Đức")
    again = page(agent, "disbursement:slip", one.pk, decision="paid", receipt="signature", supervisor="Đức")
    assert "đã được nhận" in again
    assert "Không chi khoản này" in again
    page(agent, "disbursement:slip", two.pk, decision="absent")
    assert states(payroll, channel="pay_point") == ["collected", "uncollected"]
    assert "Chưa đến nhận" in page(maker, "reconciliation:returns")


def test_a_split_that_was_not_shown_confirms_nothing(cast: Cast) -> None:
    payroll = locked(cast)
    maker = signed_in(cast["lap-danh-sach"])
    told = page(maker, "disbursement:split", payroll.pk, **{"xac-nhan": ["account:4:1", "state:approved"]})
    assert "không còn như bạn đã xem" in told
    assert instructions(payroll) == []


def test_a_file_that_is_none_is_said_on_the_form_again(cast: Cast) -> None:
    instructed(cast)
    books = signed_in(cast["ke-toan"])
    answer = books.post(reverse("reconciliation:files"), {
        "file": SimpleUploadedFile("x.csv", b"<html>"), "form": "bank_csv", "stream": "merit",
        "unit": units()[0].pk})  # fmt: skip
    assert answer.status_code == 422
    assert "không phải loại" in answer.content.decode()


def test_a_month_that_is_not_placed_does_not_close_on_the_page(cast: Cast) -> None:
    payroll = locked(cast)
    maker, books = signed_in(cast["lap-danh-sach"]), signed_in(cast["ke-toan"])
    shown = page(maker, "disbursement:split", payroll.pk)
    hidden = [part.split('"')[0] for part in shown.split('name="xac-nhan" value="')[1:]]
    page(maker, "disbursement:split", payroll.pk, **{"xac-nhan": hidden})
    answer = books.post(reverse("reconciliation:close"), {"stream": payroll.stream, "unit": units()[0].pk,
                                                          "month": "03/2024"})  # fmt: skip
    assert answer.status_code == 422
    assert "Chưa khoá sổ" in answer.content.decode()
