# SPDX-License-Identifier: MPL-2.0
"""Official reports as of a date: what they count, that every đồng stands somewhere, that page, .xlsx, .docx
and PDF say the same, and what they never say."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from docx import Document

from ansinh.dashboards import money, performance
from ansinh.dashboards.actions import refresh_month
from ansinh.dashboards.reports import FORMS, aid, disclosure, treasury
from ansinh.dashboards.reports.asked import Asked
from ansinh.directives import official
from ansinh.directives.actions.difficulties import raise_difficulty
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, instructed, instructions, sent
from tests.payroll.people import MARCH
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

ON = date(2024, 3, 31)
Cast = dict[str, Officer]


@pytest.fixture
def paid(cast: Cast) -> Payroll:
    """Six people of Cẩm Thanh: two accounts paid, one returned, one without an answer, two in cash that
    has not left."""
    payroll = instructed(cast, people=6, accounts=4)
    sent(cast, payroll)
    by_account = instructions(payroll, channel="account")
    answers = [row(by_account[0]), row(by_account[1]),
               row(by_account[2], "RETURNED", reason="AC04")]  # fmt: skip
    take(cast, payroll, file(answers))
    open_to_all()
    return payroll


def asked(unit: Unit | None = None, month: Month = MARCH, on: date = ON) -> Asked:
    return Asked(unit or units()[0], month, on)


def test_every_dong_that_was_approved_stands_in_one_column(paid: Payroll) -> None:
    made = treasury.report(asked())
    whole, by_account, in_cash, back, carried, refunded, waiting = made.rows[0][3:]
    assert whole == paid.total_vnd > 0
    assert int(whole) == sum(int(each) for each in made.rows[0][4:])
    one = paid.total_vnd // 6
    assert by_account
    assert back
    assert (in_cash, carried, refunded) == (0, 0, 0)
    assert waiting == paid.total_vnd - int(by_account) - int(back) > one
    assert made.total[3:] == made.rows[0][3:]
    province = treasury.report(asked(units()[1]))
    assert province.total[3:] == made.total[3:]


def test_a_report_as_of_an_earlier_day_does_not_know_what_came_later(paid: Payroll) -> None:
    before = date(2024, 3, 3)
    ids = [units()[0].pk]
    assert money.settled(unit_ids=ids, month=MARCH, on=before) == []
    buckets = {each.bucket for each in money.settled(unit_ids=ids, month=MARCH, on=ON)}
    assert buckets == {"arrived", "returned", "unreported", "waiting"}


def test_the_public_list_says_no_number_no_account_and_no_ground(cast: Cast, paid: Payroll) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM registry_person ORDER BY id LIMIT 1")
        name = cursor.fetchone()[0]
    made = disclosure.report(asked())
    assert name in [line[1] for line in made.rows]
    assert {line[3] for line in made.rows} == {"Bảo trợ xã hội"}
    assert sum(int(line[4]) for line in made.rows) == paid.total_vnd
    assert sorted(str(line[5]) for line in made.rows) == ["chưa chi"] * 4 + ["đã chi"] * 2
    above = disclosure.report(asked(units()[1]))
    assert name not in str(above.rows)
    assert above.total[3] == paid.total_vnd


def test_a_scope_sees_only_its_own_people_in_the_public_list(paid: Payroll) -> None:
    limit_to(unit_ids=[])
    assert disclosure.listed(asked()) == []


def test_who_came_and_who_left_explains_the_difference_between_two_half_years(paid: Payroll) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM registry_award ORDER BY id LIMIT 3")
        came, left, kept = (row_[0] for row_ in cursor.fetchall())
        cursor.execute("UPDATE registry_award SET first_month = '2024-02-01' WHERE id = %s", [came])
        cursor.execute("UPDATE registry_award SET end_month = '2024-02-01' WHERE id = %s", [left])
        cursor.execute("UPDATE registry_award SET end_month = '2024-03-01' WHERE id = %s", [kept])
    made = aid.monthly(asked())
    line = next(each for each in made.rows if "đặc biệt nặng" in str(each[1]))
    before, came_in, went, now, women, paid_vnd = (int(each) for each in line[2:])
    assert (before, came_in, went, now) == (5, 1, 1, 5)
    assert before + came_in - went == now
    assert (women, paid_vnd) == (0, paid.total_vnd)


def test_every_benefit_that_the_law_pays_monthly_stands_in_one_row_of_a_form() -> None:
    for code, wanted in (("K1A_U4", 0), ("K5D", 6), ("K6_N", 8), ("K3_U4", 10), ("K8", 10), ("HTXH_75", 11)):
        codes, places = aid._codes(aid.MONTHLY)
        assert dict(zip(codes, places, strict=True))[code] == wanted
    codes, _places = aid._codes(aid.CARE)
    assert {"CS_K1_U4", "CS_NHAN_DBN_TE", "COSO_4"} <= set(codes)
    assert not {code for code in codes if code.startswith("K")}


def test_a_payer_is_measured_by_its_payments(paid: Payroll) -> None:
    (found,) = performance.performed(unit_ids=[units()[0].pk], month=MARCH, on=ON)
    assert found.contract is None
    assert (found.payments, found.arrived, found.returned, found.unreported) == (4, 2, 1, 1)
    assert (found.on_time, found.on_time_share, found.returned_share) == (2, 500, 250)
    assert found.arrived_vnd + found.returned_vnd + found.unreported_vnd == found.sum_vnd


@pytest.mark.parametrize("code", FORMS)
def test_the_page_and_the_three_files_say_the_same(cast: Cast, paid: Payroll, code: str) -> None:
    refresh_month(month=MARCH, at=AT)
    raise_difficulty(
        unit=units()[0], category="data", words="Thiếu số định danh", asks_for="Hướng dẫn",
        by=cast["lap-danh-sach"], at=AT, on=AT.date(),
    )  # fmt: skip
    client = signed_in(cast["lap-danh-sach"])
    query = {"don-vi": units()[0].pk, "thang": "03/2024", "ngay": "31/03/2024", "so": "12/BC-UBND"}
    address = reverse("dashboards:report", args=[code])
    page = client.get(address, query).content.decode()
    open_to_all()
    made = FORMS[code].make(Asked(units()[0], MARCH, ON, "12/BC-UBND"))
    cells = [official._shown(cell) for line in made.table() for cell in line]
    book = openpyxl.load_workbook(io.BytesIO(client.get(address, {**query, "dang": "xlsx"}).content)).active
    assert book is not None
    in_book = {official._shown(c.value) for line in book.iter_rows() for c in line if c.value is not None}
    word = Document(io.BytesIO(client.get(address, {**query, "dang": "docx"}).content))
    in_word = [cell.text for table in word.tables for cell in table._cells]
    pdf = client.get(address, {**query, "dang": "pdf"})
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    for text in (cell for cell in cells if cell):
        assert f">{text}<" in page.replace("&#x27;", "'"), text
        assert text in in_book, text
        assert text in in_word, text
    assert "Số: 12/BC-UBND" in in_book
    assert "Số: 12/BC-UBND" in in_word


def test_a_report_of_an_old_day_speaks_of_the_units_of_that_day(cast: Cast) -> None:
    client = signed_in(cast["chuyen-vien-so"])
    address = reverse("dashboards:report", args=["tien-do"])
    old = client.get(address, {"ngay": "31/03/2024"}).content.decode()
    assert "Ủy ban nhân dân Tỉnh Quảng Nam" in old
    assert "Thành phố Hội An" in old
    new = client.get(address, {"ngay": "01/08/2025"}).content.decode()
    assert "Thành phố Hội An" not in new


def test_bad_questions_get_a_sentence(cast: Cast) -> None:
    client = signed_in(cast["lap-danh-sach"])
    address = reverse("dashboards:report", args=["tien-do"])
    assert client.get(address, {"thang": "13/2024"}).status_code == 422
    assert client.get(address, {"ngay": "31/02/2024"}).status_code == 422
    assert client.get(address, {"dang": "exe"}).status_code == 404
    assert client.get(reverse("dashboards:report", args=["khong-co"])).status_code == 404
    bank = signed_in(cast["kho-bac"])
    assert bank.get(reverse("dashboards:report", args=["mau-81"])).status_code == 404


def test_a_list_too_long_for_a_paper_is_offered_as_a_workbook() -> None:
    head = official.Head("", "UBND", "1/BC", "Xã", ON, "Danh sách")
    rows = [(at, "Nguyễn Văn A") for at in range(official.MOST_ON_PAPER + 1)]
    long = official.Report(head, ("STT", "Tên"), rows, (1, 4))
    for make in (official.report_pdf, official.report_docx):
        with pytest.raises(official.ReportTooLong):
            make(long)
    assert official.report_xlsx(long)[:2] == b"PK"


def test_a_half_year_begins_in_january_or_july() -> None:
    assert asked(month=Month(2024, 9)).half == (Month(2024, 7), Month(2024, 9))
    assert asked(month=Month(2024, 6)).half == (Month(2024, 1), Month(2024, 6))
