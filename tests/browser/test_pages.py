# SPDX-License-Identifier: MPL-2.0
"""The pages in real Chromium: what an officer does, seen at their screen's size, with axe watching."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from ansinh.demo.officers import PASSWORD
from tests.browser.conftest import confirm_again

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]


def test_signing_in_takes_password_and_second_step(page: Page, sign_in: SignIn, seen: Seen) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    seen("sign-in")
    sign_in("lanh-dao-so")
    expect(page.get_by_text("Chờ tôi duyệt")).to_be_visible()
    seen("home")


def test_a_wrong_password_is_told_without_saying_which_part(page: Page, seen: Seen) -> None:
    page.goto("/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("khong-co-ai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    seen("sign-in-refused")


def test_the_calculator_says_why(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Pháp luật").click()
    seen("law")
    page.get_by_role("link", name="Vì sao được mức này?").click()
    page.get_by_label("Tháng", exact=True).fill("08/2024")
    page.get_by_label("Chế độ", exact=True).select_option("K6_N")
    page.get_by_label("Ngày, tháng hoặc năm sinh").fill("1962")
    page.get_by_role("button", name="Tính").click()
    expect(page.get_by_text("Mức chuẩn trợ giúp xã hội 500.000 đ × 2 = 1.000.000 đ.")).to_be_visible()
    expect(page.get_by_text("Cộng: 1.000.000 đ")).to_be_visible()
    seen("calculator")


def test_a_mistake_in_a_form_is_named_at_the_field(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.goto("/phap-luat/tinh-muc-huong/?month=13/2024&code=K6_N&born=3/4/50")
    expect(page.get_by_role("alert")).to_contain_text("không phải là tháng")
    expect(page.get_by_role("alert")).to_contain_text("chỉ có hai chữ số")
    seen("calculator-refused")


def test_one_category_by_date(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.goto("/phap-luat/K6_N/?ngay=01/03/2024")
    expect(page.get_by_text("đang áp dụng").first).to_be_visible()
    seen("category")


def test_places_on_a_date(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Đơn vị hành chính").click()
    page.get_by_label("Vào ngày").fill("01/03/2024")
    page.get_by_label("Tên hoặc mã, không cần dấu").fill("quang nam")
    page.get_by_role("button", name="Tìm").click()
    seen("units")
    page.get_by_role("link", name="Tỉnh Quảng Nam").click()
    expect(page.get_by_text("Đã trở thành")).to_be_visible()
    expect(page.get_by_role("link", name="Huyện Nông Sơn")).to_be_visible()
    seen("unit")
    page.get_by_role("link", name="Thành phố Đà Nẵng").click()
    expect(page.get_by_text("Hình thành từ")).to_be_visible()


def test_a_role_is_proposed_by_one_and_confirmed_by_another(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("quan-tri")
    page.get_by_role("link", name="Cán bộ và vai trò").click()
    seen("officers")
    page.get_by_role("link", name="Y Blôk Êban").click()
    page.get_by_label("Vai trò", exact=True).select_option("bank_user")
    page.get_by_label("Mã đơn vị").fill("48")
    page.get_by_label("Từ ngày").fill("01/01/2026")
    page.get_by_label("Căn cứ, lý do").fill("QĐ 12/QĐ-UBND")
    page.get_by_role("button", name="Gửi đề nghị").click()
    confirm_again(page)
    expect(page.get_by_text("Đã ghi đề nghị")).to_be_visible()
    seen("officer")
    page.goto("/can-bo/vai-tro-cho-xac-nhan/")
    expect(page.get_by_text("Không có vai trò nào chờ bạn xác nhận")).to_be_visible()
    page.context.clear_cookies()
    sign_in("quan-tri-2")
    page.get_by_text("Vai trò chờ xác nhận").click()
    seen("grants")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    confirm_again(page)
    expect(page.get_by_text("Đã xác nhận: Y Blôk Êban")).to_be_visible()


def test_the_law_takes_effect_after_two_persons_approved_it(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("chuyen-vien-so")
    page.get_by_role("link", name="Phê duyệt").click()
    page.get_by_role("link", name="Tôi đã trình").click()
    page.get_by_role("link", name="Phiên bản dữ liệu pháp luật").click()
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    for username, words in (("lanh-dao-so", "Còn chờ người thứ hai"), ("ke-toan-so", "có hiệu lực ngay")):
        page.context.clear_cookies()
        sign_in(username)
        page.get_by_text("Chờ tôi duyệt").click()
        seen("inbox")
        page.get_by_role("link", name="Phiên bản dữ liệu pháp luật").click()
        seen("submission")
        page.get_by_role("button", name="Duyệt", exact=True).click()
        seen("step-up")
        confirm_again(page)
        expect(page.get_by_role("status")).to_contain_text(words)
    seen("submission-approved")


def test_a_substitute_is_named_for_everybody_to_see(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lanh-dao-xa")
    page.goto("/phe-duyet/")
    page.get_by_role("link", name="Duyệt thay").click()
    page.get_by_label("Người duyệt thay").select_option(label="Lê Quang Ánh")
    page.get_by_label("Từ ngày").fill("02/01/2030")
    page.get_by_label("Đến hết ngày").fill("01/01/2030")
    page.get_by_label("Lý do").fill("nghỉ phép")
    page.get_by_role("button", name="Ghi").click()
    confirm_again(page)
    expect(page.get_by_role("alert")).to_contain_text("Ngày cuối trước ngày đầu")
    page.get_by_label("Đến hết ngày").fill("05/01/2030")
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_role("cell", name="Lê Quang Ánh")).to_be_visible()
    seen("delegations")
    page.get_by_role("button", name="Dừng").click()
    expect(page.get_by_text("Không ai đang duyệt thay ai")).to_be_visible()


def test_the_auditor_reads_the_log_and_changes_nothing(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("kiem-toan")
    page.get_by_role("link", name="Nhật ký kiểm tra").click()
    page.goto("/nhat-ky/?viec=places.load")
    expect(page.get_by_text("places.load").first).to_be_visible()
    seen("log")
    page.get_by_role("link", name="Ai được làm gì").click()
    seen("duties")
    page.goto("/can-bo/vai-tro-cho-xac-nhan/")
    expect(page.get_by_role("heading", name="Trang này không thuộc nhiệm vụ của bạn")).to_be_visible()
    seen("forbidden")


def test_sessions_and_second_step_pages(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("ke-toan")
    page.goto("/tai-khoan/phien/")
    expect(page.get_by_text("phiên này")).to_be_visible()
    seen("sessions")
    page.goto("/tai-khoan/hai-buoc/")
    seen("two-steps")
    page.goto("/tai-khoan/password/change/")
    seen("password")


def test_english_is_chosen_and_kept(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Today's work")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    seen("home-english")
    page.get_by_role("link", name="The law").click()
    expect(page.get_by_role("button", name="Search")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(683, 384), (390, 844)])
def test_pages_fit_a_screen_at_200_percent_and_a_phone(
    page: Page, sign_in: SignIn, seen: Seen, width: int, height: int
) -> None:
    sign_in("lanh-dao-so")
    page.set_viewport_size({"width": width, "height": height})
    for address in ("/", "/phap-luat/tinh-muc-huong/", "/don-vi/", "/phe-duyet/", "/can-bo/nhiem-vu/"):
        page.goto(address)
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 1, (address, overflow)
    seen(f"narrow-{width}")


def test_keys_help_and_never_disturb_typing(page: Page, sign_in: SignIn) -> None:
    sign_in("lap-danh-sach")
    page.goto("/don-vi/")
    page.keyboard.press("/")
    search = page.get_by_label("Tên hoặc mã, không cần dấu")
    expect(search).to_be_focused()
    page.keyboard.type("a/b?")
    expect(search).to_have_value("a/b?")
    page.locator("h1").click()
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    expect(page.locator("#phim-tat")).not_to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#phim-tat")).to_be_visible()
    page.get_by_label("Tắt phím tắt một chữ").check()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("?")
    expect(page.locator("#phim-tat")).not_to_be_visible()


def test_the_way_in_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/tai-khoan/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()


def test_a_page_that_is_not_there_gives_a_reference(page: Page, sign_in: SignIn, seen: Seen) -> None:
    sign_in("lap-danh-sach")
    page.goto("/phe-duyet/999999/")
    expect(page.get_by_text("Mã tham chiếu")).to_be_visible()
    seen("not-found")
