# SPDX-License-Identifier: MPL-2.0
"""Looking from outside in real Chromium: words are published, a sample is drawn, an auditor knocks with a
phone in hand, the error rate stands on the dashboard; the province puts somebody in charge of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, expect

from ansinh.dashboards.actions import refresh_month
from ansinh.oversight.actions.draws import draw, publish_seed
from ansinh.payees.models import Case
from ansinh.payroll.models import Payroll
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.browser.conftest import confirm_again
from tests.conftest import units
from tests.disbursement.month import locked
from tests.payroll.people import MARCH

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def drawn(server: str) -> None:
    """A locked payroll of eight people, its words published before the lock, its sample drawn; one case."""
    cast = {officer.username: officer for officer in Officer.objects.all()}
    publish_seed(period=MARCH, text="xổ số 27/02/2024: 48213", by=cast["lanh-dao-so"], at=NOW)
    payroll = locked(cast, 8, 3)
    with transaction.atomic():
        open_to_all()
        Payroll.objects.filter(pk=payroll.pk).update(locked_at=NOW + timedelta(minutes=1))
        refresh_month(month=MARCH, at=NOW)
        Case.objects.create(rule="D14", key="k", commune=units()[0], holds=False, owner="commune_leader",
                            due_on=NOW.date() - timedelta(days=2), opened_at=NOW, facts={})  # fmt: skip
    draw(payroll_id=payroll.pk, at=NOW)
    connection.close()


@pytest.fixture
def phone(browser: Browser, page: Page, server: str) -> Iterator[Page]:
    """A page as wide as a phone, with the cookies of whoever is signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=server, is_mobile=True)
    context.set_default_timeout(15_000)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_an_auditor_knocks_with_a_phone_and_the_rate_stands_on_the_dashboard(
    page: Page, sign_in: SignIn, seen: Seen, drawn: None, request: pytest.FixtureRequest
) -> None:
    sign_in("kiem-toan")
    expect(page.get_by_text("Lượt kiểm tra ngẫu nhiên chưa đi")).to_be_visible()
    phone: Page = request.getfixturevalue("phone")
    phone.goto("/giam-sat/kiem-tra/luot/")
    links = phone.locator(".list-group-item-action")
    expect(links).to_have_count(5)
    for at in range(5):
        links.first.click()
        wide = phone.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, "no sideways scrolling on a phone"
        if at == 0:
            phone.get_by_label("Nhận số tiền khác").check()
            phone.get_by_role("button", name="Ghi").click()
            expect(phone.get_by_text("Ghi điều đã thấy").first).to_be_visible()
            phone.get_by_label("Ghi chú").fill("sổ ghi 500.000")
            phone.screenshot(path="test-results/oversight-phone.png", full_page=True)
        else:
            phone.get_by_label("Đúng người, đúng số tiền, đã nhận").check()
        phone.get_by_role("button", name="Ghi").click()
        expect(phone.get_by_role("status")).to_contain_text("Đã ghi lượt kiểm tra")
    page.goto("/giam-sat/kiem-tra/")
    expect(page.get_by_text("20,0%")).to_be_visible()
    seen("oversight-samples")
    page.locator("#noi-dung").get_by_role("link", name="Bảng chi").first.click()
    expect(page.get_by_role("status")).to_contain_text("đúng 5 khoản")
    seen("oversight-sample")
    page.goto("/tien-do/?thang=03/2024")
    expect(page.get_by_text("3,6% – 62,5%")).to_be_visible()


def test_the_province_publishes_words_and_puts_somebody_in_charge(
    page: Page, sign_in: SignIn, seen: Seen, drawn: None
) -> None:
    sign_in("lanh-dao-so")
    page.get_by_role("link", name="Kiểm tra ngẫu nhiên", exact=True).click()
    page.get_by_label("Câu rút mẫu").fill("xổ số hôm nay: 77120 và 30415")
    page.get_by_role("button", name="Công bố").click()
    confirm_again(page)
    expect(page.get_by_role("status")).to_contain_text("Đã công bố")
    page.get_by_role("link", name="Bàn nghi vấn").click()
    page.get_by_role("link", name="Quá hạn", exact=True).click()
    expect(page.get_by_role("link", name="D14 Một người nhận thay nhiều người")).to_be_visible()
    seen("oversight-desk")
    page.get_by_role("link", name="Giao việc").click()
    page.get_by_label("Hạn").fill("31/12/2098")
    page.get_by_label("Lý do").fill("Cần xem trước Tết")
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao người xử lý")
    seen("oversight-case")
