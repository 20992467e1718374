# SPDX-License-Identifier: MPL-2.0
"""A review round in real Chromium: an officer and the police on one list at the same time, and the pages
of names, mandates, groups and cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, expect

from ansinh.demo.officers import PASSWORD, TOTP_SECRET
from ansinh.payees.actions import raise_cases
from ansinh.staff.commands import totp
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.payees.people import answer_holder, approved, check_identity, declare, mandate, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
NAMES = ("Nguyễn Thị Hoà", "Trần Văn Đức", "Lê Thị Lan", "Phạm Thị Cúc", "Võ Thị Ánh", "Đặng Văn Tám")


@pytest.fixture(scope="module")
def commune(server: str) -> dict[str, int]:
    """A small commune: people in two hamlets, one paid by account, one name that is close."""
    assert server
    with transaction.atomic():
        open_to_all()
        cast = {officer.username: officer for officer in Officer.objects.all()}
        people = {name: person(cast, name, hamlet=f"Thôn {1 + at % 2}") for at, name in enumerate(NAMES)}
        approved(cast, people["Đặng Văn Tám"])
        close = declare(cast, people["Lê Thị Lan"])
        at = datetime(2024, 3, 4, 3, tzinfo=UTC)
        check_identity(account_id=close.pk, passed=True, by=cast["cong-an-xa"], at=at)
        answer_holder(account_id=close.pk, holder_name="LE THI LAM", answered_by="VBA", by=None, at=at)
        mandate(cast, people["Phạm Thị Cúc"])
        raise_cases(at=at, on=date(2024, 3, 4))
        found = {name: each.pk for name, each in people.items()}
    connection.close()
    return found


@pytest.fixture
def police(browser: Browser, server: str) -> Iterator[Page]:
    """The commune police on a second machine."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server)
    page = context.new_page()
    page.goto("/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("cong-an-xa")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_label("Mã xác thực").fill(totp(TOTP_SECRET, datetime.now(UTC)))
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("heading", name="Việc hôm nay").wait_for()
    yield page
    context.close()


def visit(page: Page, note: str) -> None:
    page.get_by_label("Ghi chú").fill(note)
    page.get_by_role("button", name="Đã gặp: ghi").click()


def test_two_officers_work_one_round_at_the_same_time(
    page: Page, police: Page, sign_in: SignIn, seen: Seen, commune: dict[str, int]
) -> None:
    sign_in("lap-danh-sach")
    page.get_by_role("link", name="Rà soát tài khoản").click()
    page.get_by_label("Tên đợt").fill("Rà soát quý II")
    page.get_by_role("button", name="Lập danh sách").click()
    counted = page.get_by_text(re.compile(r"\d+ người, còn \d+ người chưa xong")).inner_text()
    left = int(re.findall(r"\d+", counted)[1])
    for _hamlet in range(2):
        page.get_by_role("button", name="Cả thôn khớp dân cư").first.click()
    page.get_by_role("button", name="Cập nhật theo tài khoản đã kiểm tra").click()
    expect(page.get_by_text(f"còn {left - 1} người chưa xong")).to_be_visible()
    seen("review-board")
    page.get_by_role("link", name="Thôn 1").first.click()
    seen("review-list")
    page.get_by_role("link", name="Nguyễn Thị Hoà").click()
    police.goto(page.url)
    police.get_by_label("không có điện thoại thông minh").check()
    visit(police, "ở với con gái, chiều mới về")
    expect(police.get_by_text("đã gặp, chưa có tài khoản").first).to_be_visible()
    visit(page, "bà đi viện")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Lê Quang Ánh vừa ghi")
    expect(alert).to_contain_text("ở với con gái, chiều mới về")
    expect(alert).to_contain_text("bà đi viện")
    seen("review-difference")
    page.get_by_role("link", name="giữ phần của họ").click()
    expect(page.get_by_text("ở với con gái, chiều mới về").first).to_be_visible()
    page.get_by_label("Ngân hàng, ví điện tử").select_option("VBA")
    page.get_by_label("Số tài khoản").fill("400012345678")
    page.get_by_label("Tên chủ tài khoản như ngân hàng in").fill("NGUYEN THI HOA")
    page.get_by_role("button", name="Ghi tài khoản").click()
    expect(page.get_by_role("alert").first).to_contain_text("Agribank")
    expect(page.get_by_label("Số tài khoản")).to_have_value("400012345678")
    seen("review-wrong-account")
    page.get_by_label("Số tài khoản").fill("4000123456789")
    page.get_by_role("button", name="Ghi tài khoản").click()
    expect(page.get_by_text("đã có tài khoản, chờ kiểm tra").first).to_be_visible()
    seen("review-place")
    page.get_by_role("link", name="Agribank ••••6789").click()
    expect(page.get_by_text("chờ xác nhận nhân thân").first).to_be_visible()


def test_a_close_name_is_put_beside_ours(
    page: Page, sign_in: SignIn, seen: Seen, commune: dict[str, int]
) -> None:
    sign_in("lanh-dao-xa")
    page.goto("/nguoi-nhan/ten-khong-khop/")
    expect(page.get_by_text("LE THI LAM")).to_be_visible()
    seen("name-exceptions")
    page.goto("/nguoi-nhan/tai-khoan/")
    seen("account-queue")
    page.goto("/nguoi-nhan/uy-quyen/")
    seen("mandates")
    page.get_by_role("link", name="Phạm Thị Cúc").click()
    seen("mandate")
    page.goto(f"/ho-so/doi-tuong/{commune['Lê Thị Lan']}/")
    expect(page.get_by_role("heading", name="Người nhận và tài khoản")).to_be_visible()
    seen("person-payees")


def test_numbers_of_the_groups_open_their_people(
    page: Page, sign_in: SignIn, seen: Seen, commune: dict[str, int]
) -> None:
    sign_in("lanh-dao-xa")
    page.goto("/nguoi-nhan/nhom/")
    seen("groups")
    total = page.get_by_role("row", name="Cộng").last
    total.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Đặng Văn Tám")).to_be_visible()
    seen("group-people")
    page.goto("/nguoi-nhan/nghi-van/")
    seen("cases")
    page.get_by_role("link", name="D11").first.click()
    seen("case")
