# SPDX-License-Identifier: MPL-2.0
"""A complaint about money is linked to the very payment: its story and what the payer wrote stand beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from ansinh.directives.actions import complaints
from ansinh.directives.actions.complaints import PaymentUnknown
from ansinh.directives.models import Complaint
from ansinh.disbursement.actions.pay_day import print_slips
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import cash_lines
from ansinh.disbursement.slips import slip_code
from ansinh.rules.lookup_codes import grouped
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, instructed, instructions, sent
from tests.reconciliation.answers import file, row
from tests.reconciliation.answers import take as answer
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


def complain(cast: Cast, reference: str, person: int | None = None) -> Complaint:
    taken = complaints.take_complaint(
        commune_id=units()[0].pk, person_id=person, kind="not_received", channel="desk", words="Chưa nhận",
        payment_ref=reference, by=cast["lap-danh-sach"], at=AT, on=date(2024, 3, 6),
    )  # fmt: skip
    return taken.complaint


def test_the_story_of_the_payment_and_the_payers_line_stand_beside_the_complaint(cast: Cast) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one, *others = instructions(payroll, channel="account")
    answer(cast, payroll, file([row(one, "RETURNED", reason="AC04"), *(row(each) for each in others)]))
    found = complain(cast, one.end_to_end_id.lower(), one.person_id)
    assert found.instruction_id == one.pk
    maker = signed_in(cast["lap-danh-sach"])
    told = maker.get(reverse("directives:complaint", args=[found.pk])).content.decode()
    for words in ("Bị trả về", "Tài khoản đã đóng", "ket-qua.csv", "FT1"):
        assert words in told
    page = maker.get(reverse("reconciliation:payment", args=[one.pk])).content.decode()
    assert "Ghi khiếu nại về khoản này" in page
    assert "ket-qua.csv" in page


def test_the_code_of_a_slip_names_the_payment_too(cast: Cast) -> None:
    payroll = instructed(cast, people=1, accounts=0)
    sent(cast, payroll, "organisation")
    one = instructions(payroll)[0]
    lines = cash_lines(envelope_id=Envelope.objects.get().pk, unit_ids=[units()[0].pk])
    print_slips(lines=lines, by=cast["diem-chi"], at=AT)
    assert complain(cast, grouped(slip_code(end_to_end_id=one.end_to_end_id))).instruction_id == one.pk


def test_words_are_kept_as_words_and_a_wrong_code_is_refused(cast: Cast) -> None:
    payroll = instructed(cast)
    one, two, *_others = instructions(payroll)
    assert complain(cast, "giấy báo màu xanh").instruction_id is None
    for wrong in ("AS000000000000000097", "0123-4567-89AB-CDEF"):
        with pytest.raises(PaymentUnknown):
            complain(cast, wrong)
    with pytest.raises(PaymentUnknown):  # somebody else's payment
        complain(cast, one.end_to_end_id, two.person_id)


def test_an_officer_links_a_complaint_afterwards(cast: Cast) -> None:
    payroll = instructed(cast)
    one = instructions(payroll)[0]
    found = complain(cast, "")
    maker = signed_in(cast["lap-danh-sach"])
    address = reverse("directives:move_complaint", args=[found.pk])
    assert maker.post(address, {"event": "link", "payment_ref": "sai"}).status_code == 422
    maker.post(address, {"event": "link", "payment_ref": one.end_to_end_id})
    open_to_all()
    found.refresh_from_db()
    assert (found.instruction_id, found.person_id, found.payment_ref) == (
        one.pk, one.person_id, one.end_to_end_id)  # fmt: skip
    shown = maker.get(reverse("directives:complaint", args=[found.pk])).content.decode()
    assert "gắn với khoản chi" in shown
