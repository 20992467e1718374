# SPDX-License-Identifier: MPL-2.0
"""The figures in real Chromium: from the share of the province down to the people behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from playwright.sync_api import Page, expect

from ansinh.dashboards.actions import refresh_month
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.payees.people import approved, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cảnh", "Phạm Thị Dung")


@pytest.fixture(scope="module")
def counted(server: str) -> None:
    """Four beneficiaries; one is paid through an account from April on, another from May on."""
    cast = {officer.username: officer for officer in Officer.objects.all()}
    with transaction.atomic():
        open_to_all()
        found = [person(cast, name) for name in NAMES]
        approved(cast, found[0], on=date(2024, 3, 4))
        approved(cast, found[1], on=date(2024, 4, 4))
        for month in Month.range(Month(2024, 3), Month(2024, 6)):
            refresh_month(month=month, at=datetime.now(UTC))
    connection.close()


def test_a_figure_leads_from_the_province_to_its_people(
    page: Page, sign_in: SignIn, seen: Seen, counted: None
) -> None:
    sign_in("chuyen-vien-so")
    page.get_by_role("link", name="Tiến độ, số liệu").click()
    expect(page.get_by_text("50,0%").first).to_be_visible()
    page.get_by_label("Tháng", exact=True).fill("04/2024")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("25,0%").first).to_be_visible()
    expect(page.locator("#bieu-do canvas")).to_be_visible()
    seen("dashboards-overview")
    page.get_by_role("row", name="A nhận qua tài khoản").get_by_role("link").click()
    expect(page.get_by_role("link", name="Nguyễn Văn An")).to_be_visible()
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_have_count(0)
    seen("dashboards-people")
