# SPDX-License-Identifier: MPL-2.0
"""A commune of 2,500 goes through a review round with two officers at once, from its imported list to the
figure of the target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, expect

from ansinh.demo.lists.write import write
from ansinh.demo.officers import PASSWORD, TOTP_SECRET
from ansinh.demo.payees_step import stated_of
from ansinh.demo.register_step import FORM, files_of
from ansinh.demo.scene import MONTH, PLAYS_ON, Scene
from ansinh.outreach.actions.targets import load_targets
from ansinh.payees.actions.many import declare_many
from ansinh.registry.actions import confirm_import, receive_list
from ansinh.registry.actions.confirm import Control
from ansinh.rules.months import VIETNAM, Month
from ansinh.staff.commands import totp
from ansinh.staff.models import Officer
from tests.browser.conftest import confirm_again

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
PEOPLE = 2_500


@pytest.fixture(scope="module")
def accounts(server: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The commune's list, imported and confirmed; then its list of accounts, each waiting for the police.
    Returns how many accounts."""
    assert server
    at = datetime.now(UTC)
    scene = Scene(
        on=PLAYS_ON, at=at, folder=tmp_path_factory.mktemp("lists"), seed=3, communes=1, people=PEOPLE
    )
    invented = next(scene.invented())
    unit, by = scene.unit(invented), Officer.objects.get(username="lap-danh-sach")
    sent = files_of(invented=invented, seed=scene.seed, month=MONTH).again
    path: Path = write(sent, scene.folder)
    made = receive_list(path=path, name=path.name, unit=unit, form=FORM, month=MONTH, by=by, at=at,
                        on=MONTH.last_day)  # fmt: skip
    taken = [each for each in sent.truth.rows if each.outcome == "accepted" and not each.register]
    with scene.within(unit):
        confirm_import(
            import_id=made.pk, decisions=dict.fromkeys(made.must_be_decided, "keep"), replace=False, by=by,
            at=at,
            control=Control(len(taken), sum(each.amount_vnd for each in taken)),
        )  # fmt: skip
        known = scene.register_of(invented, unit)
        stated = [
            stated_of(person.account, known[person.key], on=at.astimezone(VIETNAM).date())
            for person in invented.people
            if person.account is not None and person.account.owner == "self" and person.key in known
        ]
        named = [each.__class__(each.person_id, each.bank, each.number, each.asserted_by, each.asserted_by,
                                each.asserted_on) for each in stated]  # fmt: skip
        outcomes = declare_many(
            stated=named, source="commune", details={}, by=by, at=at, on=at.astimezone(VIETNAM).date()
        )
    with transaction.atomic():
        load_targets(by=None, at=at)
    connection.close()
    return outcomes.count("accounts")


@pytest.fixture
def second(browser: Browser, server: str) -> Iterator[Callable[[str], Page]]:
    """Another officer on a second machine."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server)
    context.set_default_timeout(30_000)

    def enter(username: str) -> Page:
        page = context.new_page()
        page.goto("/tai-khoan/login/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_label("Mã xác thực").fill(totp(TOTP_SECRET, datetime.now(UTC)))
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("heading", name="Việc hôm nay").wait_for()
        return page

    yield enter
    context.close()


def left_in(page: Page) -> tuple[int, int]:
    """(people, not settled yet) as the board says."""
    said = page.get_by_text(re.compile(r"[\d.]+ người, còn [\d.]+ người chưa xong")).inner_text()
    people, left, *_more = (int(each.replace(".", "")) for each in re.findall(r"\d[\d.]*", said))
    return people, left


def test_from_the_imported_list_to_the_target_with_two_officers_at_once(
    page: Page, second: Callable[[str], Page], sign_in: SignIn, seen: Seen, accounts: int
) -> None:
    page.set_default_timeout(30_000)
    sign_in("lap-danh-sach")
    police = second("cong-an-xa")
    page.goto("/nguoi-nhan/ra-soat/")
    page.get_by_label("Tên đợt").fill("Rà soát toàn xã")
    later = Month.of(datetime.now(VIETNAM).date()) + 2
    page.get_by_label("Tháng chuyển").fill(f"{later.month:02d}/{later.year}")
    page.get_by_role("button", name="Lập danh sách").click()
    people, left = left_in(page)
    assert people == left > PEOPLE * 0.97
    board = page.url
    match = page.get_by_role("button", name="Cả thôn khớp dân cư")
    while match.count():
        match.first.click()
        page.wait_for_load_state()

    # Both open the same person; the second one to write is shown what the first one wrote.
    page.get_by_role("link", name=re.compile("Thôn|Tổ")).first.click()
    page.locator("table tbody a").first.click()
    police.goto(page.url)
    police.get_by_label("Ghi chú").fill("ở với con gái")
    police.get_by_role("button", name="Đã gặp: ghi").click()
    expect(police.get_by_text("đã gặp, chưa có tài khoản").first).to_be_visible()
    page.get_by_label("Ghi chú").fill("bà đi viện")
    page.get_by_role("button", name="Đã gặp: ghi").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("ở với con gái")
    expect(alert).to_contain_text("bà đi viện")
    page.get_by_role("button", name="Đã gặp: ghi").click()
    expect(page.get_by_role("alert")).to_have_count(0)

    # The police confirm every owner, the leader approves; names were compared in between.
    police.goto("/nguoi-nhan/tai-khoan/?muc=nhan-than")
    police.get_by_role("button", name=re.compile("Xác nhận cả .* tài khoản")).click()
    confirm_again(police)
    police.goto("/nguoi-nhan/tai-khoan/?muc=nhan-than")
    if police.get_by_role("button", name=re.compile("Xác nhận cả")).count():
        police.get_by_role("button", name=re.compile("Xác nhận cả .* tài khoản")).click()
    expect(police.get_by_text("Không có tài khoản nào ở mục này")).to_be_visible()
    police.context.clear_cookies()
    leader = second("lanh-dao-xa")
    for _try in range(2):  # the password is asked again in between, and the form is sent once more
        leader.goto("/nguoi-nhan/tai-khoan/?muc=duyet")
        approve = leader.get_by_role("button", name=re.compile("Duyệt cả .* tài khoản"))
        if approve.count() == 0:
            break
        approve.click()
        confirm_again(leader)
    leader.goto("/nguoi-nhan/tai-khoan/?muc=dang-dung")
    shown = leader.get_by_text(re.compile(r"^[\d.]+ tài khoản$")).inner_text()
    in_use = int(re.sub(r"\D", "", shown))
    assert in_use >= accounts * 0.9

    page.goto(board)
    page.get_by_role("button", name="Cập nhật theo tài khoản đã kiểm tra").click()
    page.wait_for_load_state()
    assert left_in(page) == (people, people - in_use)
    seen("whole-commune-board")
    page.goto("/van-dong/chi-tieu/")
    seen("whole-commune-target")
    with_account = page.get_by_role("row", name=re.compile("^Có tài khoản")).get_by_role("link")
    assert int(re.sub(r"\D", "", with_account.inner_text())) == in_use
    with_account.click()
    expect(page.get_by_text(re.compile(rf"^{shown.split()[0]} người, ngày"))).to_be_visible()
