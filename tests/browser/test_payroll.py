# SPDX-License-Identifier: MPL-2.0
"""A payroll in real Chromium: prepare, fix two blocks, submit, be returned, correct, submit, approve by
two, lock, print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from ansinh.payroll.actions.holds import place_hold
from ansinh.registry.models import Award
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.browser.conftest import confirm_again
from tests.conftest import units
from tests.payroll.people import budget, payroll_of, person, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]


@pytest.fixture
def month(server: str) -> Month:
    """The month to pay: the last one is settled, one person is held, one award stopped for no reason."""
    commune, _province = units()
    by = Officer.objects.get(username="lap-danh-sach")
    this = Month.of(timezone.localdate())
    budget(commune, year=this.year)
    people = [person(commune, by, name=name) for name in ("Nguyễn Thị Hoà", "Lê Văn Giữ", "Bùi Thị Dừng")]
    settle(payroll_of(commune, by, period=this.previous))
    with transaction.atomic(), opened_to_all():
        place_hold(person=people[1], stream="", reason="Đang xác minh tố giác", by=by, at=datetime.now(UTC))
        Award.objects.filter(person=people[2]).update(end_month=this.previous.first_day)
    connection.close()
    return this


def enter(sign_in: SignIn, page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(username)


def open_groups(page: Page) -> None:
    """Open each group that the submission names, as an approver has to before the button shows."""
    listed = page.locator("li", has=page.locator(".badge")).get_by_role("link")
    for address in [link.get_attribute("href") for link in listed.all()]:
        here = page.url
        page.goto(address or "")
        page.goto(here)


def to_submission(page: Page) -> None:
    page.goto("/phe-duyet/")
    page.get_by_role("link", name="Bảng chi bảo trợ").first.click()


def decide(page: Page, button: str, reason: str = "") -> None:
    to_submission(page)
    if not reason:
        open_groups(page)
    if reason:
        page.get_by_label("Lý do trả lại").fill(reason)
    page.get_by_role("button", name=button, exact=True).click()
    if page.get_by_label("Mật khẩu").count():
        confirm_again(page)
        if page.get_by_role("button", name=button, exact=True).count():
            if reason:
                page.get_by_label("Lý do trả lại").fill(reason)
            page.get_by_role("button", name=button, exact=True).click()


def press_until(page: Page, words: str, most: int = 60) -> None:
    """Walk by Tab to what is called so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText.trim()")
        if said == words:
            return
    raise AssertionError(f"{words} is not reached by the keyboard")


def approve_by_keyboard(page: Page, seen: Seen) -> None:
    """Groups, step-up and approval without a mouse."""
    to_submission(page)
    seen("payroll-approval-groups")
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    groups, here = page.get_by_text("bạn chưa xem"), page.url
    for _ in range(groups.count()):
        label = page.locator("li", has_text="bạn chưa xem").first.get_by_role("link").inner_text()
        press_until(page, label)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(here)
    seen("payroll-approval-ready")
    press_until(page, "Duyệt")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.get_by_label("Mật khẩu").count():
        confirm_again(page)
        if page.get_by_role("button", name="Duyệt", exact=True).count():
            press_until(page, "Duyệt")
            page.keyboard.press("Enter")
    expect(page.get_by_text("Đã duyệt xong, có hiệu lực ngay.")).to_be_visible()


def test_from_preparing_to_print(page: Page, sign_in: SignIn, seen: Seen, month: Month) -> None:
    enter(sign_in, page, "lap-danh-sach")
    page.goto("/bang-chi/")
    page.get_by_label("Nguồn").select_option("assistance")
    seen("payroll-board")
    page.get_by_label("Tháng", exact=True).fill(f"{month.month}/{month.year}")
    page.get_by_role("button", name="Lập bảng chi").click()
    page.get_by_role("button", name="Tính", exact=True).click()
    expect(page.get_by_text("Đã tính xong")).to_be_visible()
    seen("payroll-calculated")
    address = page.url
    # Block 1: a difference without a reason. Block 2: a hold.
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_text("Ghi lý do cho từng người rồi trình")).to_be_visible()
    page.get_by_role("link", name="Giảm người").click()
    seen("payroll-differences")
    page.get_by_label("Lý do của Bùi Thị Dừng").fill("Thôi hưởng theo QĐ 12, chưa nhập số")
    page.get_by_role("button", name="Ghi lý do").click()
    page.goto(f"{address}giu/")
    seen("payroll-holds")
    page.get_by_role("link", name="Gỡ tạm giữ, ghi lý do.").click()
    seen("payroll-placed")
    page.get_by_label("Lý do gỡ Lê Văn Giữ").fill("Đã xác minh, tố giác không đúng")
    page.get_by_role("button", name="Gỡ giữ").click()
    page.goto(address)
    page.get_by_role("button", name="Tính lại").click()
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_text("Hai người khác phải duyệt")).to_be_visible()
    enter(sign_in, page, "ke-toan")
    decide(page, "Trả lại người lập", "Bổ sung số quyết định thôi hưởng")
    enter(sign_in, page, "lap-danh-sach")
    page.goto(address)
    expect(page.get_by_text("Bổ sung số quyết định thôi hưởng")).to_be_visible()
    seen("payroll-returned")
    page.get_by_role("button", name="Tính lại").click()
    page.get_by_role("button", name="Trình duyệt").click()
    enter(sign_in, page, "ke-toan")
    page.goto("/bang-chi/du-toan/")
    seen("payroll-budget")
    decide(page, "Duyệt")
    enter(sign_in, page, "lanh-dao-xa")
    approve_by_keyboard(page, seen)
    enter(sign_in, page, "lap-danh-sach")
    page.goto(address)
    page.get_by_role("button", name="Khóa bảng chi").click()
    if page.get_by_label("Mật khẩu").count():
        confirm_again(page)  # the act that asked for it goes on by itself
        page.goto(address)
    expect(page.get_by_text("đã khóa").first).to_be_visible()
    seen("payroll-locked")
    page.get_by_role("definition").get_by_role("link").first.click()
    seen("payroll-lines")
    page.get_by_role("link", name="Lê Văn Giữ").click()
    expect(page.get_by_text("Mức chuẩn trợ giúp xã hội")).to_be_visible()
    seen("payroll-line")
    page.goto(address)
    for form in ("Danh sách chi trả", "Tăng, giảm, thay đổi", "Niêm yết công khai"):
        link = page.get_by_role("link", name=f"{form} PDF").first.get_attribute("href")
        answer = page.context.request.get(f"{address.split('/bang-chi/')[0]}{link}")
        assert answer.body()[:5] == b"%PDF-", form


def test_a_line_by_decision_and_a_hold_are_found_by_name(
    page: Page, sign_in: SignIn, seen: Seen, month: Month
) -> None:
    enter(sign_in, page, "lap-danh-sach")
    page.goto("/bang-chi/dong-them/")
    page.get_by_label("Tên, năm sinh hoặc số cuối").fill("nguyen thi hoa")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Thêm dòng").first.click()
    page.get_by_label("Của tháng").fill(f"{month.month}/{month.year}")
    page.get_by_label("Số tiền (đồng)").fill("500.000")
    page.get_by_label("Quyết định (số, ngày, nơi ký)").fill("9/QĐ-UBND ngày 5/1, Chủ tịch UBND xã")
    page.get_by_label("Lý do").fill("Hỗ trợ đột xuất")
    seen("payroll-entry")
    page.get_by_role("button", name="Ghi, chờ kiểm tra").click()
    seen("payroll-entries")
    enter(sign_in, page, "ke-toan")
    page.goto("/bang-chi/dong-them/")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("lần tính sau của bảng chi sẽ có dòng này")).to_be_visible()
