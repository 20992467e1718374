# SPDX-License-Identifier: MPL-2.0
"""A month closes when every check holds; each says what is left and where; the settlement is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from ansinh.disbursement.actions.cash import hand_to_payee, not_collected
from ansinh.ledger.models import Closing
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.returns import NotPlaced, carry_uncollected, close
from ansinh.reconciliation.closing import checks
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, instructed, instructions, sent, states
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
MARCH = Month(2024, 3)


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


@pytest.fixture
def month(cast: Cast) -> Payroll:
    """Two paid to accounts, one collected cash, one did not come."""
    payroll = instructed(cast, people=4, accounts=2)
    sent(cast, payroll)
    sent(cast, payroll, "organisation")
    came, absent = instructions(payroll, channel="pay_point")
    hand_to_payee(instruction_id=came.pk, receipt="signature", supervisor="Đức", by=cast["diem-chi"], at=AT)
    not_collected(instruction_id=absent.pk, reason="ABSENT", by=cast["diem-chi"], at=AT)
    return payroll


def left(payroll: Payroll) -> dict[str, tuple[str, ...]]:
    found = checks(source=payroll.stream, commune_id=units()[0].pk, month=MARCH)
    return {each.code: each.left for each in found if not each.holds}


def test_each_check_says_what_is_left(cast: Cast, month: Payroll) -> None:
    one, two = instructions(month, channel="account")
    assert left(month)["placed"] == ("sent: 2", "uncollected: 1")
    take(cast, month, file([row(one), row(two, amount=5)]))
    take(cast, month, file([row(two)], total=1))
    found = left(month)
    assert found["placed"] == ("sent: 1", "uncollected: 1")
    assert found["cases"] == ("case: 1",)
    assert found["files"] == ("ket-qua.csv",)
    assert "suspense" in found
    assert "advance" in found


def test_paid_without_any_evidence_keeps_the_month_open(cast: Cast, month: Payroll) -> None:
    """Somebody books a payment behind every guard: no payer, no receipt and no decision says so."""
    take(cast, month, file(row(one) for one in instructions(month, channel="account")))
    carry_uncollected(unit_ids=[units()[0].pk], by=cast["lap-danh-sach"], at=AT)
    assert set(left(month)) == {"advance"}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_posting (source, commune_id, period, booked, cause, debit, credit,"
            " amount_vnd, origin, origin_id, origin_seq, reason, at) SELECT source, commune_id, period,"
            " booked, 'confirm', 'paid_account', 'at_bank', 5, 'x', 1, 1, '', at FROM ledger_posting LIMIT 1"
        )
    assert left(month)["evidence"][0].startswith("paid_account")


def test_what_nobody_collected_goes_to_the_next_month_in_one_act(cast: Cast, month: Payroll) -> None:
    maker = signed_in(cast["lap-danh-sach"])
    told = maker.post(reverse("reconciliation:carry_all"), follow=True).content.decode()
    assert "Đã chuyển 1 khoản" in told
    open_to_all()
    assert states(month, channel="pay_point") == ["collected", "carried_forward"]
    again = maker.post(reverse("reconciliation:carry_all"), follow=True).content.decode()
    assert "Đã chuyển 0 khoản" in again


def test_the_page_shows_every_check_closes_and_prints(cast: Cast, month: Payroll) -> None:
    commune = units()[0]
    books = signed_in(cast["ke-toan"])
    asked = {"stream": month.stream, "unit": commune.pk, "month": "03/2024"}
    shown = books.get(reverse("reconciliation:close"), asked).content.decode()
    assert "Đã gửi, chờ ngân hàng: 2" in shown
    assert "Mở Trả về, chi lại" in shown
    assert books.post(reverse("reconciliation:close"), asked).status_code == 422
    open_to_all()
    with pytest.raises(NotPlaced):
        close(source=month.stream, commune_id=commune.pk, month=MARCH, by=cast["ke-toan"], at=AT)
    take(cast, month, file(row(one) for one in instructions(month, channel="account")))
    carry_uncollected(unit_ids=[commune.pk], by=cast["lap-danh-sach"], at=AT)
    done = books.post(reverse("reconciliation:close"), asked, follow=True).content.decode()
    assert "Đã khoá sổ tháng 3/2024" in done
    paper = books.get(reverse("reconciliation:closing_paper"), asked)
    assert paper.content[:5] == b"%PDF-"
    open_to_all()
    assert Closing.objects.count() == 1
