# SPDX-License-Identifier: MPL-2.0
"""A commune's round in the browser: list, locked file, the police's keys, cleaning screen, two signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from ansinh.registry.actions.people import add_person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.browser.conftest import confirm_again
from tests.conftest import units

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]

# name, born, sex, number; the key and what is typed (nothing: "matched")
PEOPLE: tuple[tuple[str, str, str, str | None, str, str], ...] = (
    ("Nguyễn Thị Hoà", "1940-04-03", "female", "000140000301", "2", "Nguyễn Thị Hòa"),
    ("Lê Quốc Hoài", "1941", "male", "000041000302", "2", "Lê Quốc Hoàì"),
    ("Trần Văn Lí", "1938", "male", "000038000303", "3", "03/02/1938"),
    ("Huỳnh Thị Ba", "1939", "female", "000139000304", "3", "08/07/1939"),
    ("Lê Thị Lan", "1941-05-06", "female", None, "5", "000141000305"),
    ("Phan Văn Tám", "1935-07-08", "male", "000035000306", "7", "15/01/2024"),
    ("Y Blôk Êban", "1937-09-10", "male", "000037000307", "8", ""),
    ("Võ Thị Sáu", "1936-09-10", "female", "000136000308", "1", ""),
    ("Đặng Văn Bảy", "1934", "male", "000034000309", "1", ""),
    ("Bùi Thị Chín", "1933", "female", "000133000310", "9", "Xã Tam Thanh"),
)  # fmt: skip


@pytest.fixture
def people(server: str) -> None:
    """Ten people with an award in the officers' commune."""
    award = {
        "code": "K5A",
        "decision_number": "12/QĐ-UBND",
        "decided_on": date(2023, 1, 5),
        "first_month": "2023-02",
    }
    maker = Officer.objects.get(username="lap-danh-sach")
    with transaction.atomic():
        open_to_all()
        for name, born, sex, number, _key, _typed in PEOPLE:
            values = {"name": name, "born": born, "sex": sex, "number": number, "hamlet": "Thanh Tam Tây",
                      "phone": None, "household": "poor"}  # fmt: skip
            add_person(unit_id=units()[0].pk, values=values, award=award, since=date(2023, 1, 1), by=maker,
                       at=datetime.now(UTC))  # fmt: skip


def as_officer(page: Page, sign_in: SignIn, username: str) -> None:
    page.context.clear_cookies()
    sign_in(username)


def prepare_and_hand_over(page: Page, seen: Seen) -> None:
    page.get_by_role("link", name="Đối chiếu dân cư").click()
    due = (datetime.now(UTC) + timedelta(days=14)).strftime("%d/%m/%Y")
    page.get_by_label("Xã, phường").select_option(str(units()[0].pk))
    page.get_by_label("Hạn công an trả lời").fill(due)
    page.get_by_role("button", name="Lập danh sách đối chiếu").click()
    seen("population-prepared")
    page.get_by_label("Người nhận bên công an").fill("Trung tá Lê Quang Ánh")
    page.get_by_role("button", name="Lập tệp khóa và ghi bàn giao").click()
    expect(page.get_by_text("Mật khẩu, chỉ hiện một lần này")).to_be_visible()
    seen("population-handed-over")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp đã khóa").click()
    assert download.value.path().read_bytes()[:4] == bytes.fromhex("d0cf11e0")


def answer_by_keys(page: Page, seen: Seen) -> None:
    """The whole queue without the mouse."""
    page.get_by_text("Người chờ công an trả lời").click()
    wanted = {name: (key, typed) for name, _born, _sex, _number, key, typed in PEOPLE}
    heading = page.locator("[data-focus]")
    seen("population-queue")
    # A key that an input method is composing, or with a modifier, is none of ours.
    before = heading.inner_text()
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '1', isComposing: true}))")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '1', ctrlKey: true}))")
    assert heading.inner_text() == before
    answered = 0
    while heading.count():
        name = heading.inner_text().split(". ", 1)[1]
        key, typed = wanted.get(name, ("1", ""))
        page.keyboard.press(key)
        if typed:
            if answered == 0 or key == "7":
                seen(f"population-queue-asks-{key}")
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
        expect(page.locator("[data-told]")).to_contain_text(name)
        answered += 1


def undo_and_answer_again(page: Page, seen: Seen) -> None:
    page.keyboard.press("u")
    expect(page.locator("[data-told]")).to_contain_text("Đã hoàn tác")
    seen("population-queue-undone")
    name = page.locator("[data-focus]").inner_text().split(". ", 1)[1]
    key, typed = next((key, typed) for each, _b, _s, _n, key, typed in PEOPLE if each == name)
    page.keyboard.press(key)
    if typed:
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã hết người cần trả lời")).to_be_visible()


def choose(page: Page, group: str, button: str, *, reason: str = "", scope: str = "group") -> None:
    section = page.locator(f"#{group}")
    section.get_by_label("Phạm vi").select_option(scope)
    if scope == "some":
        section.get_by_role("checkbox").first.check()
    section.get_by_role("button", name=button).click()
    if reason:
        page.get_by_label("Căn cứ giữ theo hồ sơ").fill(reason)
    page.get_by_role("button", name="Chọn cho").click()
    expect(page.get_by_role("status").filter(has_text="Đã chọn cho")).to_be_visible()


def clean(page: Page, seen: Seen) -> None:
    page.get_by_text("Sai lệch dân cư chờ xử lý").click()
    seen("population-differences")
    page.locator("#birth_precision").get_by_role("button", name="Sửa theo dân cư").click()
    expect(page.get_by_role("heading", name="2 người").first).to_be_visible()
    seen("population-preview")
    page.get_by_role("button", name="Chọn cho 2 người").click()
    page.get_by_role("button", name="Hoàn tác").first.click()
    expect(page.get_by_text("Đã hoàn tác")).to_be_visible()
    for group in ("birth_precision", "name_tone", "number_missing", "name_marks"):
        if page.locator(f"#{group}").count():
            choose(page, group, "Sửa theo dân cư")
    choose(page, "deceased", "Ghi sự kiện chết")
    choose(page, "not_found", "Giữ theo hồ sơ", reason="Giấy khai sinh gốc số 12/1990")
    choose(page, "moved", "Giữ theo hồ sơ", reason="Đã lập đề nghị chuyển", scope="some")
    seen("population-chosen")
    page.get_by_role("button", name="Trình").click()
    expect(page.get_by_text("Người khác sẽ kiểm tra")).to_be_visible()
    seen("population-submitted")
    page.get_by_role("button", name="Đã xử lý xong, lập biên bản").click()
    expect(page.get_by_text("Biên bản chờ hai bên ký")).to_be_visible()
    seen("population-minutes")


def test_a_round_runs_from_the_list_to_signed_minutes(
    page: Page, sign_in: SignIn, seen: Seen, people: None
) -> None:
    as_officer(page, sign_in, "lap-danh-sach")
    prepare_and_hand_over(page, seen)
    as_officer(page, sign_in, "cong-an-xa")
    answer_by_keys(page, seen)
    undo_and_answer_again(page, seen)
    as_officer(page, sign_in, "lap-danh-sach")
    clean(page, seen)
    for username in ("lanh-dao-xa", "cong-an-xa"):
        as_officer(page, sign_in, username)
        page.get_by_text("Biên bản đối chiếu dân cư chờ ký").click()
        page.get_by_role("button", name="Tôi đã đọc và ký").click()
        confirm_again(page)
    expect(page.get_by_text("Hai bên đã ký.")).to_be_visible()
    seen("population-signed")
    pdf = page.request.get(page.get_by_role("link", name="Tải bản PDF để in").get_attribute("href") or "")
    assert pdf.body().startswith(b"%PDF-")
    as_officer(page, sign_in, "lanh-dao-xa")
    page.get_by_text("Người bị tạm giữ chi trả chờ quyết định").click()
    seen("population-desk")
    row = page.get_by_role("row").filter(has_text="Y Blôk Êban")
    row.get_by_label("Căn cứ").fill("Giấy khai sinh gốc số 12/1990")
    row.get_by_role("button", name="Cho chi trả").click()
    confirm_again(page)
    expect(page.get_by_text("Đã cho chi trả trở lại")).to_be_visible()
