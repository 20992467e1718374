# SPDX-License-Identifier: MPL-2.0
"""Steering in real Chromium: the letter goes out and comes back as figures; one answer for many; a bank is
chosen by criteria and signed; a complaint gets its code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from ansinh.approvals.actions import approve, open_submission
from ansinh.approvals.models import Submission
from ansinh.directives import letter
from ansinh.directives.actions.difficulties import raise_difficulty
from ansinh.directives.actions.issue import draft_directive, record_document
from ansinh.directives.actions.tasks import acknowledge
from ansinh.directives.models import Task
from ansinh.places.models import Unit
from ansinh.providers.actions.facts import add_provider
from ansinh.staff.models import Officer
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


def test_the_province_watches_every_commune_acknowledge_and_sees_who_is_late(
    page: Page, sign_in: SignIn, seen: Seen, drafted: int
) -> None:
    """All communes of the province of today but three, and the one that the next test plays."""
    slow = Unit.objects.filter(level="commune", validity__contains=NOW.date(), pk__in=Task.objects.filter(
        order__directive_id=drafted).values("unit_id")).order_by("sort_key")  # fmt: skip
    home = Unit.objects.get(came_from__old=units()[0], validity__contains=NOW.date())
    left = [home.pk, *slow.exclude(pk=home.pk).values_list("pk", flat=True)[:3]]
    given = Task.objects.filter(order__directive_id=drafted, state="given")
    many = given.values("unit_id").distinct().count()
    assert many > 90
    acknowledge(task_ids=list(given.exclude(unit_id__in=left).values_list("pk", flat=True)),
                by=Officer.objects.get(username="lap-danh-sach"), at=NOW)  # fmt: skip
    waiting = given.filter(unit_id__in=left).values("unit_id").distinct().count()
    connection.close()
    assert waiting == 4
    sign_in("chuyen-vien-so")
    page.goto(f"/chi-dao/{drafted}/?loc=not_begun")
    row = page.get_by_role("row").filter(has_text="L7 ").first
    expect(row).to_be_visible()
    names = page.locator("tbody tr td:first-child").all_inner_texts()
    seen("steering-who-has-not")
    assert home.name in " ".join(names)
    page.get_by_label("Tình hình").select_option("late")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("heading", name="Các đơn vị")).to_be_visible()
    assert page.locator("tbody tr").count() > 4
    seen("steering-who-is-late")


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


def ask_again(many: int) -> None:
    """Other communes of the province ask the same."""
    by = Officer.objects.get(username="lap-danh-sach")
    home = Unit.objects.get(came_from__old=units()[0], validity__contains=NOW.date())
    parent = home.parents.get(validity__contains=NOW.date()).parent
    others = Unit.objects.filter(level="commune", parents__parent=parent, validity__contains=NOW.date())
    for unit in others.exclude(pk=home.pk).order_by("sort_key")[:many]:
        raise_difficulty(
            unit=unit, category="account", words="Nhiều người già không mở được tài khoản",
            asks_for="Cho mở tại nhà", straight=True, by=by, at=NOW, on=NOW.date(),
        )  # fmt: skip
    connection.close()


def two_sign(subject: str) -> None:
    """The leader and the chief accountant approve what waits; how they do is driven where approvals are."""
    made = Submission.objects.filter(state="submitted", subject__contains=subject).latest("pk")
    for who in ("lanh-dao-xa", "ke-toan"):
        officer = Officer.objects.get(username=who)
        at = datetime.now(UTC)
        open_submission(submission_id=made.pk, by=officer, at=at)
        approve(
            submission_id=made.pk, content_sha256=bytes(made.content_sha256).hex(), by=officer,
            at=at + timedelta(minutes=1), on=NOW.date(),
        )  # fmt: skip
    connection.close()


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
