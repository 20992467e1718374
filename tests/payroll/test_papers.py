# SPDX-License-Identifier: MPL-2.0
"""Screen, PDF, .xlsx and database say the same; names stay text; forms of the date."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import transaction
from django.test import Client

from ansinh.audit.models import Event
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.papers import PAGE_ROWS, Sheet, TooLong, _parts, as_pdf, as_xlsx, sheet
from ansinh.payroll.queries import LineFilter
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.payroll.people import crowd, payroll_of, person, settle

ON = date(2024, 3, 1)


def made(payroll: Payroll, form: str = "chi-tra", **wanted: str) -> Sheet:
    with transaction.atomic(), opened_to_all():
        return sheet(payroll=payroll, form=form, wanted=LineFilter(**wanted))  # type: ignore[arg-type]


def cells(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]


def test_screen_pdf_xlsx_and_database_agree(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    crowd(commune, 45)
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    listed = made(payroll)
    assert listed.total_vnd == payroll.total_vnd
    assert len(listed.rows) == payroll.lines - payroll.held
    rows = cells(as_xlsx(payroll=payroll, made=listed, printed="x"))
    body = rows[3 : 3 + len(listed.rows)]
    assert [row[6] for row in body] == [row[6] for row in listed.rows]
    assert rows[3 + len(body)][6] == payroll.total_vnd
    parts = _parts(listed)
    assert sum(len(part["rows"]) for part in parts) == len(body)
    assert parts[-1]["sums"][-1][6] == f"{payroll.total_vnd:,}".replace(",", ".")
    assert as_pdf(payroll=payroll, made=listed, unit=commune, on=ON, printed="x").startswith(b"%PDF-")
    with transaction.atomic(), opened_to_all():
        assert sum(Line.objects.filter(payroll_id=payroll.pk).values_list("amount_vnd", flat=True)) == (
            payroll.total_vnd
        )


def test_page_sums_are_carried_forward() -> None:
    listed = Sheet("t", "s", [("STT", 1, "r"), ("Tên", 1, "l"), ("Số tiền (đồng)", 1, "r")], money=2)
    listed.rows = [[at, "x", 1000] for at in range(1, 12 + PAGE_ROWS)]
    so_far = [part["sums"][1][2] for part in _parts(listed)]
    assert so_far == ["11.000", "28.000"]


def test_a_name_like_a_formula_stays_text(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"])
    with opened_to_all():
        type(who).objects.filter(pk=who.pk).update(name="=HYPERLINK(1)")
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(payroll=payroll, made=made(payroll), printed="x")))
    cell = book.active["B4"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


def test_the_posted_list_shows_neutral_labels_and_no_number_or_amount(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by, name="Lê Thị Kín", code="K8", household="poor")
    payroll = payroll_of(commune, by)
    listed = made(payroll, "niem-yet")
    said = " ".join(str(cell) for row in listed.rows for cell in row)
    assert "Lê Thị Kín" in said
    assert "HIV" not in said
    assert "K8" not in said
    assert listed.money is None


def test_the_treasury_form_follows_the_budget_year(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    old = payroll_of(commune, by)
    assert "NĐ 11/2020" in made(old, "kho-bac").form
    new = payroll_of(commune, by, period=Month(2026, 3))
    assert "Mẫu số 20" in made(new, "kho-bac").form
    assert "Mẫu số 13" in made(new, "rut-du-toan").form
    assert made(new, "rut-du-toan").total_vnd == new.total_vnd
    assert "Mẫu số 10" in made(new, "thanh-toan-tam-ung").form


def test_too_long_a_list_asks_for_a_narrower_one(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    crowd(commune, 12)
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    monkeypatch.setattr("ansinh.payroll.papers.MOST_ROWS", 5)
    with pytest.raises(TooLong):
        made(payroll)


def client(officer: Officer) -> Client:
    found = Client()
    found.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def test_the_pages_show_the_figures_and_leave_a_trace_of_printing(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    late = {"first_month": "2024-03", "decision_number": "7/QĐ", "decided_on": date(2024, 2, 9)}
    person(commune, by, name="Mai Thị Mới", award=late, at=datetime(2024, 2, 9, tzinfo=UTC))
    payroll = payroll_of(commune, by)
    reader = client(by)
    page = reader.get(f"/bang-chi/{payroll.pk}/").content.decode()
    assert "1.440.000 đ" in page
    assert "Tăng người" in page
    assert "Mai Thị Mới" in reader.get(f"/bang-chi/{payroll.pk}/khac-thang-truoc/").content.decode()
    assert "Mai Thị Mới" in reader.get(f"/bang-chi/{payroll.pk}/danh-sach/").content.decode()
    with transaction.atomic(), opened_to_all():
        line = Line.objects.filter(payroll_id=payroll.pk).first()
    assert line is not None
    why = reader.get(f"/bang-chi/{payroll.pk}/dong/{line.id}/").content.decode()
    assert "Mức chuẩn trợ giúp xã hội" in why
    assert reader.get(f"/bang-chi/{payroll.pk}/giu/").status_code == 200
    assert "Bảng chi" in reader.get("/bang-chi/").content.decode()
    assert reader.get(f"/bang-chi/{payroll.pk}/bieu-mau.pdf?xa={commune.pk}").content[:5] == b"%PDF-"
    assert Event.objects.filter(act="payroll.print").count() == 1
