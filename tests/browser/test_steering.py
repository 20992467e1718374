# SPDX-License-Identifier: MPL-2.0
"""Steering in real Chromium: the letter goes out and comes back as figures; one answer for many; a bank is
chosen by criteria and signed; a complaint gets its code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from ansinh.directives import letter
from ansinh.directives.actions.issue import draft_directive, record_document
from ansinh.places.models import Unit
from ansinh.providers.actions.facts import add_provider
from ansinh.staff.models import Officer
from tests.browser.conftest import confirm_again
from tests.conftest import units

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def drafted(server: str) -> int:
    """The letter, written down for today's province and not issued yet; two providers."""
    by = Officer.objects.get(username="chuyen-vien-so")
    today = Unit.objects.get(came_from__old=units()[1], validity__contains=NOW.date())
    older = [
        record_document(number=number, issued_on=day, issuer=letter.ISSUER, kind=kind, abstract=abstract,
                        by=by, at=NOW).pk
        for kind, number, day, abstract in letter.REFERS_TO
    ]  # fmt: skip
    document = record_document(
        number=letter.NUMBER, issued_on=letter.ISSUED_ON, issuer=letter.ISSUER, kind="Công văn",
        abstract=letter.ABSTRACT, refers_to=older, by=by, at=NOW,
    )  # fmt: skip
    made = draft_directive(document_id=document.pk, unit_id=today.pk, orders=letter.ORDERS, by=by, at=NOW)
    for name, kind, code in (("Agribank", "bank", "VBA"), ("Bưu điện tỉnh", "pay_organisation", "")):
        add_provider(name=name, kind=kind, institution=code, by=by, at=NOW)
    connection.close()
    return made.pk


def test_the_province_issues_the_letter_and_sees_who_has_not_begun(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    sign_in("chuyen-vien-so")
    page.get_by_role("link", name="Văn bản chỉ đạo").click()
    seen("steering-documents")
    page.get_by_role("link", name=f"Công văn {letter.NUMBER}").click()
    expect(page.get_by_text("5352/KH-UBND (11/08/2023)")).to_be_visible()
    seen("steering-draft")
    page.get_by_role("button", name="Giao cho các đơn vị").click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao")
    expect(page.get_by_role("heading", name="Các đơn vị")).to_be_visible()
    seen("steering-board")
    page.get_by_role("button", name="Nhắc mọi đơn vị chưa nhận, quá hạn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nhắc")
    page.get_by_role("button", name="Nhắc mọi đơn vị chưa nhận, quá hạn").click()
    expect(page.get_by_role("status")).to_contain_text("Không có đơn vị nào cần nhắc")


def test_a_commune_reads_acknowledges_reports_plans_and_raises_a_difficulty(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    sign_in("lap-danh-sach")
    expect(page.get_by_text("Việc được giao chưa nhận")).to_be_visible()
    seen("steering-home")
    page.get_by_role("link", name="Việc được giao", exact=True).click()
    seen("steering-tasks")
    page.get_by_role("button", name="Nhận cả các việc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nhận")
    page.get_by_role("link", name="L5 ").first.click()
    page.get_by_label("Kết quả đến nay").fill("Đã rà soát 2 thôn")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("Đã rà soát 2 thôn")).to_be_visible()
    seen("steering-task")
    page.get_by_role("link", name="Soạn kế hoạch của đơn vị").click()
    page.get_by_role("button", name="Lưu kế hoạch").click()
    expect(page.get_by_role("link", name="Tải .docx")).to_be_visible()
    seen("steering-plan")
    for words in ("Người già không mở được tài khoản", "Nhiều người già không mở được tài khoản"):
        page.goto("/chi-dao/kho-khan/them/")
        page.get_by_label("Khó khăn, vướng mắc").fill(words)
        page.get_by_label("Đề nghị").fill("Cho mở tại nhà")
        page.get_by_label("Gửi thẳng sở phụ trách").check()
        page.get_by_role("button", name="Gửi").click()
        expect(page.get_by_role("status")).to_contain_text("Đã gửi, số KK-")
    seen("steering-difficulty")


def test_the_department_answers_both_as_one_and_another_issues_it(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    sign_in("chuyen-vien-so")
    page.get_by_role("link", name="Khó khăn, vướng mắc", exact=True).click()
    expect(page.get_by_text("2 việc giống nhau")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    seen("steering-difficulties")
    page.get_by_role("button", name="Soạn một trả lời cho các việc đã chọn").click()
    page.get_by_label("Tiêu đề").fill("Mở tài khoản tại nhà")
    page.get_by_label("Nội dung trả lời").fill("Ngân hàng cử người đến nhà, miễn phí.")
    page.get_by_role("button", name="Lưu để người khác ban hành").click()
    expect(page.get_by_role("alert")).to_contain_text("Căn cứ")
    page.get_by_label("Căn cứ").fill("TT 17/2024/TT-NHNN Điều 11")
    page.get_by_role("button", name="Lưu để người khác ban hành").click()
    expect(page.get_by_text("Bạn đã soạn nên người khác ban hành.")).to_be_visible()
    address = page.url

    page.context.clear_cookies()
    sign_in("lanh-dao-so")
    page.goto(address)
    page.get_by_role("button", name="Ban hành, trả lời 2 việc").click()
    if "reauthenticate" in page.url:
        confirm_again(page)
    expect(page.get_by_role("status")).to_contain_text("Đã trả lời 2 đơn vị")
    seen("steering-answer")
    page.goto("/chi-dao/huong-dan/?tim=tai+nha+mien+phi")
    expect(page.get_by_role("heading", name="Mở tài khoản tại nhà")).to_be_visible()
    seen("steering-guidance")
    page.goto("/chi-dao/kho-khan/tong-hop/")
    expect(page.get_by_role("rowheader", name="Cộng")).to_be_visible()
    seen("steering-synthesis")


def test_a_unit_chooses_a_bank_by_criteria_and_submits_the_decision(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Lựa chọn, hợp đồng").click()
    page.get_by_label("Tên đợt lựa chọn").fill("Chọn nơi chi trả")
    page.get_by_role("button", name="Mở", exact=True).click()
    for name, fee in (("Agribank", "0,45"), ("Bưu điện tỉnh", "0,7")):
        page.get_by_label("Tổ chức tham gia").select_option(label=name)
        page.get_by_label("Phí đề nghị").fill(fee)
        page.get_by_role("button", name="Thêm tổ chức").click()
    for place, points in ((0, "90"), (1, "60")):
        form = page.locator("form[action$='/cham-diem/']").nth(place)
        if not form.is_visible():
            page.locator("details").nth(place).locator("summary").click()
        for box in form.get_by_label("Điểm", exact=True).all():
            box.fill(points)
        for box in form.get_by_label("Căn cứ", exact=True).all():
            box.fill("Bản chào 05/03")
        form.get_by_role("button", name="Ghi điểm").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi điểm")
    expect(page.get_by_text("90,00")).to_be_visible()
    page.get_by_label("Ngày họp").fill("08/03/2024")
    page.get_by_label("Thành phần dự họp").fill("UBND, Công an, Tài chính")
    page.get_by_label("Nội dung, kết luận").fill("Thống nhất chọn Agribank")
    page.get_by_label("Agribank").check()
    page.get_by_role("button", name="Ghi biên bản").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi biên bản")
    seen("steering-selection")
    page.get_by_role("button", name="5. Trình quyết định").click()
    expect(page.get_by_role("heading", name="Lựa chọn: Chọn nơi chi trả")).to_be_visible()
    seen("steering-selection-submitted")


def test_a_complaint_gets_a_code_that_shows_its_status_to_a_stranger(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Khiếu nại", exact=True).click()
    page.get_by_role("link", name="Ghi khiếu nại").click()
    page.get_by_label("Nội dung").fill("Tôi chưa nhận được tiền tháng 3")
    page.get_by_role("button", name="Ghi và in phiếu").click()
    code = page.locator("#ma-tra-cuu").inner_text()
    assert len(code) == 19
    seen("steering-slip")
    page.get_by_role("link", name="Mở khiếu nại").click()
    seen("steering-complaint")
    page.context.clear_cookies()
    page.goto(f"/chi-dao/tra-cuu/?ma={code}")
    expect(page.get_by_text("mới nhận")).to_be_visible()
    expect(page.get_by_text("tháng 3")).to_have_count(0)
    seen("steering-look-up")
