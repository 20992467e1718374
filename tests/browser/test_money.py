# SPDX-License-Identifier: MPL-2.0
"""A month of money in real Chromium: it goes out through three channels, the files come back mixed up, two
lines contradict, ten return, cash is paid on a phone and partly not collected; the month is closed with
every đồng placed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone
from faults.people import payer_in_force
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from ansinh.approvals.actions import approve, open_submission
from ansinh.approvals.models import Submission
from ansinh.config import home
from ansinh.disbursement.models import Envelope, Instruction
from ansinh.disbursement.queries import state_of
from ansinh.ledger.queries import conservation
from ansinh.payroll.models import Payroll
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.postings import HOLDING
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.browser.conftest import confirm_again
from tests.conftest import units
from tests.disbursement.month import give_accounts
from tests.payroll.people import budget, crowd, payroll_of, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
PHONE, DESK = {"width": 375, "height": 740}, {"width": 1366, "height": 768}


@pytest.fixture
def payroll(server: str, settings: Settings) -> Payroll:
    """Sixteen people with accounts, six with wallets, eight in cash; the payroll of this month is locked.
    The files are those of the server."""
    settings.FILE_STORE_FOLDER = home.folder("files")
    commune, _province = units()
    this = Month.of(timezone.localdate())
    budget(commune, year=this.year)
    with transaction.atomic(), opened_to_all():
        payer_in_force(commune)
    crowd(commune, 30)
    give_accounts(commune, 16)
    give_accounts(commune, 6, channel="wallet", bank="971005", skip=16)
    made = settle(payroll_of(commune, Officer.objects.get(username="lap-danh-sach"), period=this))
    connection.close()
    return made


def enter(sign_in: SignIn, page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(username)


def say_yes_to_all() -> None:
    """Two others approve what waits; their own page is walked through with the payroll."""
    at = datetime.now(UTC)
    with transaction.atomic(), opened_to_all():
        for each in Submission.objects.filter(state="submitted", subject__in=["envelope", "result_case"]):
            for name in ("lanh-dao-xa", "ke-toan-so"):
                officer = Officer.objects.get(username=name)
                open_submission(submission_id=each.pk, by=officer, at=at)
                sha256 = bytes(each.content_sha256).hex()
                approve(
                    submission_id=each.pk, content_sha256=sha256, by=officer, at=at, on=timezone.localdate()
                )
    connection.close()


def chosen(payroll: Payroll, *channels: str) -> list[Instruction]:
    with transaction.atomic(), opened_to_all():
        found = list(Instruction.objects.filter(payroll_id=payroll.pk, channel__in=channels).order_by("pk"))
    connection.close()
    return found


Said = tuple[Instruction, str, str]


def results(said: Iterable[Said]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"])
    rows = [
        [one.end_to_end_id, one.amount_vnd, status, reason, f"FT{place}", f"{timezone.localdate():%d/%m/%Y}"]
        for place, (one, status, reason) in enumerate(said)
    ]
    writer.writerows(rows)
    writer.writerow([f"TOTAL {len(rows)}", sum(int(row[1]) for row in rows), "", "", "", ""])
    return out.getvalue().encode()


def bring_in(page: Page, name: str, content: bytes) -> None:
    page.goto("/doi-soat/")
    page.get_by_label("Tệp kết quả hoặc sao kê").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("Nguồn tiền").select_option("assistance")
    page.get_by_label("Đơn vị").select_option(label=units()[0].name)
    page.get_by_role("button", name="Nhập", exact=True).click()
    page.get_by_role("heading", name="Mỗi dòng đã đi đâu").wait_for()


def send_all(page: Page, sign_in: SignIn, seen: Seen, payroll: Payroll) -> None:
    """Confirm the split, build three files, hand them in, let them go."""
    enter(sign_in, page, "lap-danh-sach")
    page.goto(f"/chi-tra/bang-chi/{payroll.pk}/")
    seen("money-split")
    page.get_by_role("button", name="Đúng, lập lệnh chi").click()
    for layout in ("treasury20", "pain001", "organisation"):
        page.goto(f"/chi-tra/bang-chi/{payroll.pk}/")
        page.get_by_label("Mẫu tệp").select_option(layout)
        page.get_by_role("button", name="Lập tệp").click()
        page.get_by_role("button", name="Trình hai người duyệt").click()
        page.get_by_text("Đã trình. Hai người khác duyệt.").wait_for()
    say_yes_to_all()
    enter(sign_in, page, "kho-bac")
    for envelope in Envelope.objects.filter(payroll_id=payroll.pk).order_by("pk"):
        page.goto(f"/chi-tra/tep/{envelope.pk}/")
        let_go(page)
        expect(page.get_by_role("link", name="Tải tệp đã duyệt")).to_be_visible()
    seen("money-envelope")
    connection.close()
    page.goto("/chi-tra/")
    seen("money-board")


def let_go(page: Page) -> None:
    """The treasury lets the file on the page leave, with its password once more."""
    page.get_by_role("button", name="Cho chi", exact=False).first.click()
    confirm_again(page)
    page.get_by_text("Đã cho gửi").wait_for()


def mixed_up(payroll: Payroll) -> tuple[bytes, bytes]:
    """Two result files with the lines of two channels mixed, the last first: two contradict, ten return."""
    accounts, wallets = chosen(payroll, "account"), chosen(payroll, "wallet")
    back = [*accounts[8:], *wallets[4:]]
    assert len(back) == 10
    one = [(each, "PAID", "") for each in (*accounts[:8], *wallets[:2])]
    one += [(each, "RETURNED", "AC04") for each in accounts[8:13]]
    two = [(each, "PAID", "") for each in (*wallets[2:], *accounts[13:])]
    two += [(each, "RETURNED", "AC01") for each in (*accounts[13:], *wallets[4:])]
    two += [(each, "FAILED", "AC06") for each in accounts[:2]]
    return results(reversed(two)), results(reversed(one))


def settle_cases(page: Page, sign_in: SignIn, seen: Seen) -> None:
    """Both contradictions: owned, the remedy proposed with its evidence, decided by two."""
    page.goto("/doi-soat/ngoai-le/")
    expect(page.get_by_role("link", name="Mâu thuẫn với kết quả trước")).to_have_count(2)
    seen("money-cases")
    for _each in range(2):
        page.goto("/doi-soat/ngoai-le/")
        page.get_by_role("link", name="Mâu thuẫn với kết quả trước").first.click()
        page.get_by_role("button", name="Tôi nhận việc này").click()
        page.get_by_label("Cách xử lý").select_option("confirm_paid")
        page.get_by_label("Căn cứ").fill("Công văn 12/NH ngày hôm nay, sao kê có bút toán")
        seen("money-case")
        page.get_by_role("button", name="Đề nghị, chờ hai người duyệt").click()
        page.get_by_text("Đã đề nghị").wait_for()


def settle_returns(page: Page, sign_in: SignIn, seen: Seen, payroll: Payroll) -> None:
    """Ten came back: one is paid again in cash, one refunded, the others are left to the next month."""
    enter(sign_in, page, "lap-danh-sach")
    page.goto("/doi-soat/tra-ve/")
    expect(page.get_by_text("Tài khoản đã đóng")).to_have_count(5)
    expect(page.get_by_text("Số tài khoản không tồn tại")).to_have_count(5)
    seen("money-returns")
    for done, button in enumerate(("Chi tiền mặt", "Nộp trả", *["Chuyển kỳ sau"] * 8), 1):
        page.get_by_role("button", name=button, exact=True).first.click()
        expect(page.locator("tbody tr")).to_have_count(10 - done)
    page.goto(f"/chi-tra/bang-chi/{payroll.pk}/")
    page.get_by_label("Mẫu tệp").select_option("organisation")
    page.get_by_role("button", name="Lập tệp").click()
    page.get_by_role("button", name="Trình hai người duyệt").click()
    page.get_by_text("Đã trình. Hai người khác duyệt.").wait_for()
    say_yes_to_all()
    enter(sign_in, page, "kho-bac")
    page.goto("/chi-tra/")
    page.get_by_role("row", name="Đã duyệt, chờ gửi").get_by_role("link").click()
    let_go(page)


def pay_day(page: Page, sign_in: SignIn, seen: Seen) -> None:
    """Nine people on a phone: two collect on the page, one with a photo; the rest from the signed list."""
    enter(sign_in, page, "diem-chi")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/chi-tra/ngay-chi/")
    expect(page.get_by_text("Còn 9 người chưa nhận")).to_be_visible()
    fits(page)
    seen("money-cash-day")
    page.locator("main a.list-group-item").first.click()
    page.get_by_label("Người giám sát").fill("Trần Văn Đức")
    fits(page)
    seen("money-slip")
    page.get_by_role("button", name="Đã đưa").click()
    expect(page.get_by_text("đã nhận tiền").first).to_be_visible()
    page.locator("main a.list-group-item").first.click()
    page.get_by_label("Ký nhận bằng").select_option("photo")
    page.get_by_role("button", name="Đã đưa").click()
    expect(page.get_by_text("chụp hoặc chọn ảnh")).to_be_visible()  # the supervisor is remembered
    page.get_by_label("Ký nhận bằng").select_option("photo")
    page.get_by_label("Ảnh ký nhận").set_input_files(
        {"name": "ky.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 ky nhan"}
    )
    page.get_by_role("button", name="Đã đưa").click()
    expect(page.get_by_text("Còn 7 người chưa nhận")).to_be_visible()
    enter_signed_lists(page, seen)
    page.goto("/chi-tra/ngay-chi/quy/")
    page.get_by_label("Tiền mặt đếm được").fill("0")
    page.get_by_role("button", name="Ghi số đếm được").click()
    expect(page.get_by_text("Đếm lại")).to_be_visible()
    fits(page)
    seen("money-box")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def fits(page: Page) -> None:
    """Nothing sticks out of a phone's screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def enter_signed_lists(page: Page, seen: Seen) -> None:
    """Everybody on the first list but two signed; the second list has one who did not come."""
    page.goto("/chi-tra/ngay-chi/")
    for address in [
        each.get_attribute("href") or ""
        for each in page.get_by_role("link", name="Nhập danh sách đã ký").all()
    ]:
        page.goto(address)
        groups = page.get_by_role("group").all()
        absent = 1 if len(groups) == 1 else 2
        total = 0
        for place, group in enumerate(groups):
            if place < len(groups) - absent:
                group.get_by_label("Đã ký nhận").check()
                text = group.locator(".tabular").inner_text()
                total += int("".join(each for each in text if each.isdigit()))
            else:
                group.get_by_label("Chưa đến").check()
        page.get_by_label("Người giám sát đã ký").fill("Trần Văn Đức")
        page.get_by_label("Số người đã ký nhận theo giấy").fill(str(len(groups) - absent))
        page.get_by_label("Số tiền đã chi theo giấy").fill(str(total + 1))
        page.get_by_role("button", name="Ghi danh sách").click()
        expect(page.get_by_text("Chưa ghi gì").first).to_be_visible()
        fits(page)
        seen("money-signed-list")
        page.get_by_label("Số tiền đã chi theo giấy").fill(format_vnd(total))
        page.get_by_role("button", name="Ghi danh sách").click()
        expect(page.get_by_text("người đã nhận").first).to_be_visible()


def close_the_month(page: Page, sign_in: SignIn, seen: Seen, payroll: Payroll) -> None:
    enter(sign_in, page, "lap-danh-sach")
    page.goto("/doi-soat/tra-ve/")
    page.get_by_role("button", name="khoản chưa đến nhận sang kỳ sau").click()
    expect(page.get_by_text("Không có khoản nào bị trả về")).to_be_visible()
    enter(sign_in, page, "ke-toan")
    page.goto("/chi-tra/tam-ung/")
    seen("money-advance")
    month = Month.of(payroll.period)
    page.goto("/doi-soat/khoa-so/")
    page.get_by_label("Đơn vị").select_option(label=units()[0].name)
    page.get_by_label("Nguồn tiền").select_option("assistance")
    page.get_by_label("Kỳ kế toán").fill(f"{month.month:02d}/{month.year}")
    page.get_by_role("button", name="Kiểm tra kỳ này").click()
    seen("money-close")
    page.get_by_role("button", name="Khoá sổ", exact=True).click()
    expect(page.get_by_text("Đã khoá sổ tháng")).to_be_visible()
    page.goto("/so-cai/")
    seen("money-ledger")


def test_a_month_of_money(page: Page, sign_in: SignIn, seen: Seen, payroll: Payroll) -> None:
    send_all(page, sign_in, seen, payroll)
    enter(sign_in, page, "ke-toan")
    for number, content in enumerate(mixed_up(payroll), 1):
        bring_in(page, f"ket-qua-{number}.csv", content)
    seen("money-result-file")
    settle_cases(page, sign_in, seen)
    say_yes_to_all()
    settle_returns(page, sign_in, seen, payroll)
    pay_day(page, sign_in, seen)
    close_the_month(page, sign_in, seen, payroll)
    placed(page, seen, payroll)


def placed(page: Page, seen: Seen, payroll: Payroll) -> None:
    """Every đồng that was approved has one place: with people, in the budget, or in the next month."""
    with transaction.atomic(), opened_to_all():
        made = list(Instruction.objects.filter(payroll_id=payroll.pk))
        ends = {each.pk: str(state_of(instruction_id=each.pk)) for each in made}
        books = conservation(source=payroll.stream, period=payroll.period)
    carried = sum(each.amount_vnd for each in made if ends[each.pk] == "carried_forward")
    held = {account.value: sum(int(row[account.value]) for row in books) for account in HOLDING}
    assert {name for name, vnd in held.items() if vnd} == {"paid_account", "paid_cash", "refunded_budget"}
    assert sum(held.values()) + carried == payroll.total_vnd
    assert sorted(set(ends.values())) == ["carried_forward", "collected", "paid", "refunded", "reissued"]
    one = next(each for each in made if ends[each.pk] == "reissued")
    connection.close()
    page.goto(f"/doi-soat/lenh/{one.pk}/")
    seen("money-payment")
