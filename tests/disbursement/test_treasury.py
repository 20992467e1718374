# SPDX-License-Identifier: MPL-2.0
"""The treasury's papers of an envelope: the forms of the day, totals equal to the envelope's."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ansinh.audit.models import Event
from ansinh.disbursement.treasury_forms import NoFormError, form_on
from ansinh.rules.money import in_words_vi
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.disbursement.month import approved, instructed, instructions
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
MARCH_2024, DECEMBER, JANUARY = date(2024, 3, 1), date(2025, 12, 1), date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


@pytest.mark.parametrize(("on", "period", "number"), [
    ("2024-03-04", MARCH_2024, "Mẫu số 09"), ("2025-12-31", DECEMBER, "Mẫu số 09"),
    ("2026-01-20", DECEMBER, "Mẫu số 09"),  # money of 2025 while its books are open
    ("2026-02-01", DECEMBER, "Mẫu số 20"), ("2026-01-02", JANUARY, "Mẫu số 20"),
])  # fmt: skip
def test_the_form_is_that_of_the_day_and_of_the_budget_year(on: str, period: date, number: str) -> None:
    assert form_on(use="list", on=date.fromisoformat(on), period=period).name.startswith(number)


def test_a_day_without_a_form_is_a_defect_and_not_a_guess() -> None:
    with pytest.raises(NoFormError):
        form_on(use="list", on=date(2019, 1, 1), period=date(2019, 1, 1))


def cells(content: bytes) -> list[str]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [str(cell) for row in sheet.to_python() for cell in row if str(cell)]


def test_withdrawal_and_list_are_the_envelopes_to_the_dong(cast: Cast) -> None:
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    maker = signed_in(cast["lap-danh-sach"])
    listed = cells(maker.get(reverse("disbursement:recipients", args=[envelope.pk])).content)
    asked = cells(maker.get(reverse("disbursement:withdrawal", args=[envelope.pk])).content)
    for found in (listed, asked):
        assert any("Nghị định 11/2020" in cell for cell in found)
        assert f"Bằng chữ: {in_words_vi(envelope.sum_vnd)}" in found
        assert any(cell.startswith(str(envelope.sum_vnd)) for cell in found)
    open_to_all()
    for one in instructions(payroll, channel="account"):
        assert one.end_to_end_id in listed
    assert any("Thực chi ☒" in cell for cell in asked)
    assert Event.objects.filter(act="disbursement.print_danh-sach-thanh-toan").count() == 1


def test_cash_is_drawn_as_an_advance_and_has_no_list_of_accounts(cast: Cast) -> None:
    envelope = approved(cast, instructed(cast), "organisation")
    maker = signed_in(cast["lap-danh-sach"])
    asked = cells(maker.get(reverse("disbursement:withdrawal", args=[envelope.pk])).content)
    assert any("Tạm ứng ☒" in cell for cell in asked)
    assert maker.get(reverse("disbursement:recipients", args=[envelope.pk])).status_code == 404


def test_who_neither_prepares_nor_releases_prints_no_account_numbers(cast: Cast) -> None:
    envelope = approved(cast, instructed(cast))
    auditor = signed_in(cast["kiem-toan"])
    assert auditor.get(reverse("disbursement:recipients", args=[envelope.pk])).status_code == 404
