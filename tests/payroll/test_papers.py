# SPDX-License-Identifier: MPL-2.0
"""Screen, PDF, .xlsx and database say the same; names stay text; forms of the date."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import transaction
from django.test import Client

from ansinh.audit.models import Event
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.papers import forms_on, sheet
from ansinh.payroll.papers.offices import day_of, title_of_head
from ansinh.payroll.papers.pages import lines_of, pages_of
from ansinh.payroll.papers.rows import Column, Sheet, TooLong
from ansinh.payroll.papers.write import Printed, as_pdf, as_xlsx
from ansinh.payroll.queries import LineFilter
from ansinh.places.models import Unit
from ansinh.registry.models import Person
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.paper_text import pages
from tests.payroll.people import crowd, payroll_of, person, settle

ON = date(2024, 3, 1)


def made(payroll: Payroll, form: str = "chi-tra", **wanted: str) -> Sheet:
    with transaction.atomic(), opened_to_all():
        return sheet(payroll=payroll, form=form, wanted=LineFilter(**wanted))  # type: ignore[arg-type]


def cells(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]  # type: ignore[union-attr]


def printed(commune: Unit) -> Printed:
    return Printed(commune, "Nguyễn Thị Hoà", datetime(2024, 3, 1, tzinfo=UTC))


def text_of(content: bytes) -> str:
    """What stands in a PDF."""
    return "\n".join(pages(content))


def test_screen_pdf_xlsx_and_database_agree(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    crowd(commune, 45)
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    listed = made(payroll)
    assert listed.total_vnd == payroll.total_vnd
    assert len(listed.rows) == payroll.lines - payroll.held
    rows = cells(as_xlsx(payroll=payroll, made=listed, printed=printed(commune)))
    body = rows[3 : 3 + len(listed.rows)]
    assert [row[5] for row in body] == [row[5] for row in listed.rows]
    assert rows[3 + len(body)][5] == payroll.total_vnd
    with transaction.atomic(), opened_to_all():
        stored = Line.objects.filter(payroll_id=payroll.pk, hold="").order_by("commune_id", "id")
        assert [row[5] for row in body] == list(stored.values_list("amount_vnd", flat=True))
        pdf = text_of(as_pdf(payroll=payroll, made=listed, printed=printed(commune)))
    total = format_vnd(payroll.total_vnd, unit=False)
    assert total in next(line for line in pdf.splitlines() if "Tổng cộng" in line)
    amounts = re.findall(r"3/2024 +([0-9.]+)", pdf)
    assert sorted(amounts) == sorted(format_vnd(int(row[5]), unit=False) for row in body)
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    screen = client(cast["lap-danh-sach"]).get(f"/bang-chi/{payroll.pk}/danh-sach/").content.decode()
    assert f"<strong>{total} đ</strong>" in screen


def test_page_sums_are_carried_forward_and_the_last_is_the_total() -> None:
    columns = [Column("STT", 2), Column("Tên", 8), Column("Số tiền", 4, "r", money=True)]
    listed = Sheet("t", "s", columns, money=2)
    listed.rows = [[at, "Nguyễn Thị Hoà", 1000] for at in range(1, 201)]
    planned = pages_of(listed)
    assert sum(len(page.rows) for page in planned) == 200
    so_far = 0
    for page in planned[:-1]:
        so_far += 1000 * len(page.rows)
        assert [row[1:] for row in page.sums] == [
            ["Cộng trang", format_vnd(1000 * len(page.rows), unit=False)],
            ["Cộng dồn", format_vnd(so_far, unit=False)],
        ]
    assert planned[-1].sums[-1][1:] == ["Tổng cộng", "200.000"]
    listed.rows = listed.rows[:3]
    assert [row[1] for row in pages_of(listed)[0].sums] == ["Tổng cộng"]


def test_what_is_planned_for_a_page_fits_on_it(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    crowd(commune, 60)
    with opened_to_all():
        Person.objects.filter(pk__in=Person.objects.values("pk")[:20]).update(
            name="Hoàng Phủ Ngọc Nguyễn Trần Thị Phương Quỳnh Wương",
            hamlet="Khu dân cư số 14 làng MƯỜNG",
        )
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    with transaction.atomic(), opened_to_all():
        for form in forms_on(payroll=payroll):
            if form == "mau-09-cu":
                continue
            listed = made(payroll, form)
            pages = text_of(as_pdf(payroll=payroll, made=listed, printed=printed(commune))).count("Trang ")
            # the signatures may need one more, never the rows
            assert len(pages_of(listed)) <= pages <= len(pages_of(listed)) + 1, form
    assert lines_of("một hai ba", 100_000) == 1
    assert lines_of("một hai ba", 2_000) == 3


def test_a_name_like_a_formula_stays_text(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    who = person(commune, cast["lap-danh-sach"])
    with opened_to_all():
        type(who).objects.filter(pk=who.pk).update(name="=HYPERLINK(1)")
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    book = openpyxl.load_workbook(
        io.BytesIO(as_xlsx(payroll=payroll, made=made(payroll), printed=printed(commune)))
    )
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
    old = payroll_of(commune, by, period=Month(2025, 12))
    assert not [code for code in forms_on(payroll=old) if code in {"mau-20", "mau-13", "mau-10"}]
    assert "Mẫu số 09 Phụ lục II, NĐ 11/2020" in made(old, "mau-09-cu").form
    assert "Mẫu số 07 Phụ lục II" in made(old, "mau-07-cu").form
    assert "Mẫu số 10 Phụ lục II" in made(old, "mau-10-cu").form
    new = payroll_of(commune, by, period=Month(2026, 1))
    assert not [code for code in forms_on(payroll=new) if code.endswith("-cu")]
    twenty = made(new, "mau-20")
    assert twenty.form == "Mẫu số 20, NĐ 347/2025/NĐ-CP"
    assert [column.head.split("\n")[-1] for column in twenty.columns] == ["(1)", "(2)", "(3)", "(4)"]
    assert twenty.groups == [(0, "IV. Đối tượng khác")]
    drawn, advanced, settled = made(new, "mau-13"), made(new, "mau-13-tam-ung"), made(new, "mau-10")
    assert drawn.form == "Mẫu số 13 (C2-02a/NS), NĐ 347/2025/NĐ-CP"
    assert settled.form == "Mẫu số 10 (C2-03/NS), NĐ 347/2025/NĐ-CP"
    assert drawn.total_vnd == twenty.total_vnd  # the list's total is the voucher's
    assert drawn.total_vnd + advanced.total_vnd == new.total_vnd
    assert settled.total_vnd == advanced.total_vnd  # nothing came back
    with transaction.atomic(), opened_to_all():
        said = text_of(as_pdf(payroll=new, made=advanced, printed=printed(commune)))
    assert "GIẤY RÚT DỰ TOÁN NGÂN SÁCH NHÀ NƯỚC" in said
    assert re.search(r"Thời hạn thanh toán tạm ứng: +trước ngày 20/01/2026", said)
    assert "KHO BẠC NHÀ NƯỚC" in said


def test_one_transfer_an_account_whatever_it_is_made_of(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    lines = [
        Line(
            id=at,
            amount_vnd=vnd,
            account_bidx=account,
            account_enc=b"x",
            bank="VBA",
            holder_name="LE THI LAN",
        )
        for at, (vnd, account) in enumerate([(500_000, b"a"), (200_000, b"b"), (300_000, b"a")])
    ]
    monkeypatch.setattr("ansinh.payroll.papers.treasury.payable", lambda _payroll, _wanted: lines)
    monkeypatch.setattr("ansinh.payroll.papers.treasury.open_sealed", lambda **_of: "0071000123456")
    person(commune, cast["lap-danh-sach"])
    listed = made(payroll_of(commune, cast["lap-danh-sach"], period=Month(2026, 1)), "mau-20")
    assert [row[3] for row in listed.rows] == [800_000, 200_000]
    assert listed.rows[0][2] == "0071000123456, Agribank"


def test_titles_and_agencies_are_those_of_the_papers_day(cast: dict[str, Officer]) -> None:
    commune, province = units()
    person(commune, cast["lap-danh-sach"])
    payroll = payroll_of(province, cast["chuyen-vien-so"])
    assert day_of(payroll) < date(2025, 3, 1)
    with transaction.atomic(), opened_to_all():
        before = text_of(as_pdf(payroll=payroll, made=made(payroll, "tong-hop"), printed=printed(province)))
        payroll.known_on = date(2026, 2, 20)
        after = text_of(as_pdf(payroll=payroll, made=made(payroll, "tong-hop"), printed=printed(province)))
    assert "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" in before
    assert "SỞ Y TẾ" in after
    assert "GIÁM ĐỐC" in after
    assert title_of_head(payroll=payroll, unit=commune) == "TM. Ủy ban nhân dân\nChủ tịch"


def test_the_foot_ties_the_paper_to_the_record(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    person(commune, cast["lap-danh-sach"])
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    mark = bytes(payroll.content_sha256 or b"").hex()
    with transaction.atomic(), opened_to_all():
        said = text_of(as_pdf(payroll=payroll, made=made(payroll), printed=printed(commune)))
    assert f"BC-{payroll.pk} · SHA-256 {mark[:16]}…{mark[-8:]}" in said
    assert "Trang 1/1" in said
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "Bảy trăm hai mươi nghìn đồng" in said
    assert "Bản chưa được hai người duyệt trên hệ thống" in said


def test_too_long_a_list_asks_for_a_narrower_one(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    crowd(commune, 12)
    payroll = payroll_of(commune, cast["lap-danh-sach"])
    monkeypatch.setattr("ansinh.payroll.papers.rows.MOST_ROWS", 5)
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
