# SPDX-License-Identifier: MPL-2.0
"""The register in the browser: found by keys, changed by two, a late death, two records of one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.duplicates import find_duplicates
from ansinh.registry.actions.people import add_person
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.browser.conftest import confirm_again
from tests.conftest import units

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]

HOA, TWIN, SAU, TURNS_60 = "Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "Trần Văn Sáu", "Lê Văn Ất"


@pytest.fixture(scope="module")
def people(server: str) -> dict[str, Person]:
    """A woman with two records, a man whose death nobody told, one who turns sixty this month."""
    maker, now = Officer.objects.get(username="lap-danh-sach"), datetime.now(UTC)
    month = Month.at(now)
    award = {"code": "K6_N", "decision_number": "12/QĐ-UBND", "decided_on": date(2023, 1, 5),
             "signer": "Võ Ân", "signer_title": "CHỦ TỊCH", "first_month": "2023-02"}  # fmt: skip
    rows = (
        (HOA, "1950-06-15", "female", "000150000401", award),
        (TWIN, "1950-06-15", "female", None, None),
        (SAU, "1944-03-10", "male", "000044000403", award | {"code": "K5A"}),
        (TURNS_60, f"{month.year - 60}-{month.month:02d}-01", "male", None, award),
    )
    with transaction.atomic():
        open_to_all()
        made = {}
        for name, born, sex, number, wanted in rows:
            values = {"name": name, "born": born, "sex": sex, "number": number, "hamlet": "Thanh Tam Tây",
                      "phone": "0912345678" if name == HOA else None, "household": "poor"}  # fmt: skip
            made[name] = add_person(unit_id=units()[0].pk, values=values, award=wanted,
                                    since=date(2023, 1, 1), by=maker, at=now)  # fmt: skip
        find_duplicates(by=None, at=now)
        raise_birthdays(month=month, at=now)
    return made


def as_officer(page: Page, sign_in: SignIn, username: str) -> None:
    page.context.clear_cookies()
    sign_in(username)


def approve(page: Page, sign_in: SignIn, label: str, seen: Seen, name: str = "") -> None:
    """The second person opens what waits, sees the record beside the proposal, and agrees."""
    as_officer(page, sign_in, "lanh-dao-xa")
    page.get_by_text("Thay đổi hồ sơ chờ kiểm tra").click()
    page.get_by_role("row").filter(has_text=label).first.get_by_role("link").first.click()
    if name:
        seen(name)
    page.get_by_role("button", name="Đúng, cho đổi hồ sơ").click()
    confirm_again(page)
    expect(page.get_by_text("Đã kiểm tra; hồ sơ đã đổi.")).to_be_visible()


def test_people_are_found_filtered_kept_and_opened_by_keys(
    page: Page, sign_in: SignIn, seen: Seen, people: dict[str, Person]
) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Đối tượng", exact=True).click()
    page.get_by_role("heading", name="Đối tượng").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("hoa ng")
    page.keyboard.press("Enter")
    expect(page.locator("#tong")).to_contain_text("2 người, 1 người đang hưởng 1 khoản")
    expect(page.locator("#tong")).to_contain_text("theo luật")
    seen("register-search")
    page.get_by_label("Còn thiếu").select_option("number")
    page.get_by_role("button", name="Tìm").click()
    assert "thieu=number" in page.url
    assert "tim=hoa" in page.url
    expect(page.get_by_role("row").filter(has_text=TWIN)).to_be_visible()
    page.get_by_label("Tên bộ lọc").fill("Hoà thiếu số")
    page.get_by_role("button", name="Lưu bộ lọc").click()
    expect(page.get_by_text("Đã lưu bộ lọc.")).to_be_visible()
    page.get_by_role("link", name="Đối tượng", exact=True).click()
    page.get_by_role("link", name="Hoà thiếu số").click()
    assert "thieu=number" in page.url
    expect(page.locator("#tong")).to_contain_text("1 người, 0 người đang hưởng")
    seen("register-saved-view")
    page.get_by_label("Bỏ bộ lọc thiếu số định danh").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dòng thời gian").wait_for()
    page.goto(f"/doi-tuong/?tim={people[HOA].number_last4}")
    page.get_by_role("link", name=HOA).click()
    expect(page.get_by_text("••••0401")).to_be_visible()
    seen("register-person")
    page.get_by_role("link", name="Người khuyết tật nặng").first.click()
    expect(page.get_by_text("CHỦ TỊCH, Võ Ân")).to_be_visible()
    seen("register-award")


def test_one_officer_proposes_and_another_checks(
    page: Page, sign_in: SignIn, seen: Seen, people: dict[str, Person]
) -> None:
    sign_in("lap-danh-sach")
    page.goto(f"/doi-tuong/{people[HOA].pk}/")
    page.get_by_role("link", name="Đề nghị sửa").click()
    page.get_by_label("Thôn, tổ dân phố").fill("Thanh Tam Đông")
    seen("register-propose")
    page.get_by_role("button", name="Đề nghị").click()
    expect(page.get_by_role("alert")).to_contain_text("Lý do")
    page.get_by_label("Lý do, giấy tờ kèm theo").fill("Đơn ngày 5/3")
    page.get_by_role("button", name="Đề nghị").click()
    expect(page.get_by_text("Đã ghi đề nghị; chờ người khác kiểm tra.")).to_be_visible()
    approve(page, sign_in, "thôn", seen, "register-change")
    page.goto(f"/doi-tuong/{people[HOA].pk}/")
    expect(page.get_by_text("Thanh Tam Tây → Thanh Tam Đông").first).to_be_visible()
    seen("register-timeline")


def test_a_death_told_late_says_what_was_overpaid(
    page: Page, sign_in: SignIn, seen: Seen, people: dict[str, Person]
) -> None:
    died = (datetime.now(UTC).replace(day=1) - timedelta(days=70)).strftime("%d/%m/%Y")
    as_officer(page, sign_in, "lap-danh-sach")
    page.goto(f"/doi-tuong/{people[SAU].pk}/")
    page.get_by_text("Ghi sự kiện (chết").click()
    page.get_by_label("Sự kiện", exact=True).select_option("death")
    page.get_by_label("Xảy ra ngày").fill(died)
    page.get_by_label("Căn cứ (giấy chứng tử").fill("Giấy báo tử số 7")
    page.get_by_role("button", name="Ghi sự kiện").click()
    expect(page.get_by_text("cần thu hồi")).to_be_visible()
    expect(page.get_by_text("đã có thể chi").first).to_be_visible()
    seen("register-death")
    approve(page, sign_in, "Chết ngày", seen, "register-death-change")
    approve(page, sign_in, "Thôi hưởng từ tháng ngay sau tháng chết", seen)
    page.goto(f"/doi-tuong/{people[SAU].pk}/")
    expect(page.get_by_text("đã chết").first).to_be_visible()
    expect(page.get_by_text("Giấy báo tử số 7").first).to_be_visible()


def test_two_records_are_merged_by_two_and_split_again(
    page: Page, sign_in: SignIn, seen: Seen, people: dict[str, Person]
) -> None:
    as_officer(page, sign_in, "lap-danh-sach")
    page.get_by_text("Hồ sơ có thể trùng chờ xem").click()
    expect(page.get_by_text("Hồ sơ thứ nhất")).to_be_visible()
    expect(page.get_by_text("cùng họ tên")).to_be_visible()
    seen("register-duplicates")
    page.get_by_label("Lý do").first.fill("Cùng một người, hồ sơ lập lại")
    page.get_by_role("button", name="Là một người").click()
    expect(page.get_by_text("Đã ghi đề nghị; chờ người khác kiểm tra.")).to_be_visible()
    approve(page, sign_in, "Nhập vào hồ sơ", seen, "register-merge")
    as_officer(page, sign_in, "lap-danh-sach")
    page.goto("/ho-so-trung/?muc=merged")
    seen("register-merged")
    page.goto(f"/doi-tuong/{people[TWIN].pk}/")
    expect(page.get_by_text("Hồ sơ này đã nhập vào hồ sơ khác:")).to_be_visible()
    seen("register-alias")
    page.get_by_label("Lý do tách").fill("Hai chị em sinh đôi")
    page.get_by_role("button", name="Đề nghị tách lại").click()
    approve(page, sign_in, "Tách khỏi hồ sơ", seen)
    page.goto("/doi-tuong/?tim=hoa+nguyen")
    expect(page.locator("#tong")).to_contain_text("2 người")


def test_an_age_that_changes_an_award_waits_where_everybody_sees_it(
    page: Page, sign_in: SignIn, seen: Seen, people: dict[str, Person]
) -> None:
    as_officer(page, sign_in, "lanh-dao-xa")
    seen("register-today")
    page.get_by_text("Khoản hưởng chờ xem lại do đến tuổi").click()
    expect(page.get_by_role("row").filter(has_text=TURNS_60)).to_be_visible()
    expect(page.get_by_label("Bỏ bộ lọc do đến tuổi")).to_be_visible()
    page.get_by_role("row").filter(has_text=TURNS_60).get_by_role("link").first.click()
    expect(page.get_by_text("Tròn 60 tuổi").first).to_be_visible()
    seen("register-birthday")
    page.get_by_role("link", name="Mở hồ sơ").click()
    expect(page.get_by_role("link", name="chờ xem lại do đến tuổi")).to_be_visible()
