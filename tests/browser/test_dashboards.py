# SPDX-License-Identifier: MPL-2.0
"""The figures in real Chromium: an auditor goes from the share of the province down to one person's payment
and up again; the home page, a report, the payers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from playwright.sync_api import Page, expect

from ansinh.dashboards.actions import refresh_month
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.disbursement.month import instructed, instructions, sent
from tests.payees.people import approved, person
from tests.reconciliation.answers import file, row, take

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cảnh", "Phạm Thị Dung")


@pytest.fixture(scope="module")
def counted(server: str) -> None:
    """Ten who are paid for March, six of them into accounts, of which one came back; two more accounts in
    April and May."""
    cast = {officer.username: officer for officer in Officer.objects.all()}
    payroll = instructed(cast, people=10, accounts=6)
    sent(cast, payroll)
    accounts = instructions(payroll, channel="account")
    answers = [*[row(each) for each in accounts[:5]], row(accounts[5], "RETURNED", reason="AC04")]
    take(cast, payroll, file(answers))
    with transaction.atomic():
        open_to_all()
        found = [person(cast, name) for name in NAMES]
        approved(cast, found[0], on=date(2024, 3, 4))
        approved(cast, found[1], on=date(2024, 4, 4))
        for month in Month.range(Month(2024, 3), Month(2024, 6)):
            refresh_month(month=month, at=datetime.now(UTC))
    connection.close()


def test_an_auditor_opens_a_figure_down_to_one_persons_payment_and_up_again(
    page: Page, sign_in: SignIn, seen: Seen, counted: None
) -> None:
    sign_in("kiem-toan")
    expect(page.get_by_role("heading", name="Việc hôm nay")).to_be_visible()
    page.get_by_text("Biểu đồ các tháng").click()
    expect(page.locator("#bieu-do canvas")).to_be_visible()
    seen("dashboards-home")
    page.get_by_role("link", name="Tiến độ, số liệu").click()
    expect(
        page.get_by_text("50,0%").first
    ).to_be_visible()  # 7 of 14, in June: one account was returned and is looked at
    page.get_by_label("Tháng", exact=True).fill("03/2024")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("35,7%").first).to_be_visible()  # 5 of 14
    expect(page.locator("#bieu-do")).to_be_hidden()  # one month is no line
    seen("dashboards-overview")
    page.get_by_role("row", name="A nhận qua tài khoản").get_by_role("link").click()
    expect(page.get_by_text("5 người")).to_be_visible()
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_have_count(0)
    seen("dashboards-people")
    page.locator("#noi-dung").get_by_role("link", name=re.compile("^Trần Văn")).first.click()
    expect(page.get_by_text("Đã vào tài khoản")).to_be_visible()
    seen("dashboards-payment")
    page.go_back()
    page.get_by_role("link", name="Về số liệu của đơn vị").click()
    expect(page.get_by_text("35,7%").first).to_be_visible()


def test_a_report_is_made_on_the_page_and_leaves_as_a_file(
    page: Page, sign_in: SignIn, seen: Seen, counted: None
) -> None:
    sign_in("chuyen-vien-so")
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    seen("dashboards-reports")
    page.get_by_role("link", name="Bảng kê kinh phí đã chi trả").click()
    page.get_by_label("Số liệu đến ngày").fill("31/02/2024")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.locator(".invalid-feedback")).to_be_visible()
    page.get_by_label("Số liệu đến ngày").fill("31/03/2024")
    page.get_by_label("Tháng", exact=True).fill("03/2024")
    page.get_by_label("Số văn bản").fill("12/BC-UBND")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("cell", name="Cộng")).to_be_visible()
    seen("dashboards-report")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải PDF").click()
    assert coming.value.suggested_filename == "kho-bac-49-2024-03.pdf"
    page.get_by_role("link", name="Kết quả của tổ chức chi trả").click()
    page.get_by_label("Chi tháng").fill("03/2024")
    page.get_by_label("Hợp đồng, nơi nhận vào ngày").fill("20/03/2024")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("Không qua hợp đồng")).to_be_visible()
    seen("dashboards-payers")
