# SPDX-License-Identifier: MPL-2.0
"""A commune plans a campaign, visits people from a phone, takes a sheet back and reads its target."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from ansinh.outreach.actions.targets import load_targets
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.payees.people import person

pytestmark = pytest.mark.browser
NAMES = ("Nguyễn Thị Vận", "Trần Văn Động", "Lê Thị Ngân", "Phạm Văn Hàng", "Võ Thị Thẻ")


@pytest.fixture(scope="module")
def people(server: str) -> list[Person]:
    """Five people of one hamlet without an account, written by another process than the server's."""
    cast = {officer.username: officer for officer in Officer.objects.all()}
    with transaction.atomic():
        open_to_all()
        load_targets(by=None, at=datetime.now(UTC))
        return [person(cast, name, born=date(1950 + at, 1, 2), hamlet="Thôn Vạn Lăng")
                for at, name in enumerate(NAMES)]  # fmt: skip


def test_a_campaign_from_plan_to_target(
    sign_in: Callable[[str], Page], seen: Callable[[str], None], people: list[Person], tmp_path: Path
) -> None:
    page = sign_in("lap-danh-sach")
    page.get_by_role("link", name="Đợt vận động").click()
    page.get_by_label("Tên đợt").fill("Tháng này mở tài khoản")
    page.get_by_label("Từ ngày").fill("01/01/2026")
    page.get_by_label("Đến ngày").fill("31/12/2027")
    page.get_by_role("button", name="Lập đợt").click()
    expect(page.get_by_text("Chưa có danh sách người")).to_be_visible()
    seen("outreach-planned")
    page.get_by_role("button", name="Bắt đầu: lập danh sách người").click()
    page.get_by_text("Thêm người đi vận động").click()
    page.get_by_label("Họ tên, hoặc tên bàn ngân hàng").fill("Trưởng thôn Vạn Lăng")
    page.get_by_role("button", name="Thêm", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Thôn Vạn Lăng").first
    row.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_text("Đã giao")).to_be_visible()
    seen("outreach-campaign")

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Thôn Vạn Lăng", exact=True).click()
    page.get_by_role("link", name="Trần Văn Động").click()
    page.get_by_label("Đồng ý mở, đăng ký").check()
    page.get_by_label("Xa nơi rút tiền").check()
    seen("outreach-visit-phone")
    page.get_by_role("button", name="Ghi và sang người tiếp theo").click()
    expect(page.get_by_text("Đã ghi lượt gặp Trần Văn Động.")).to_be_visible()
    page.get_by_label("Từ chối", exact=True).check()
    page.get_by_role("button", name="Ghi và sang người tiếp theo").click()
    expect(page.get_by_text("Người hưởng từ chối: chọn ít nhất một lý do.").first).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 768})

    page.goto("/van-dong/")
    page.get_by_role("link", name="Tháng này mở tài khoản").click()
    with page.expect_download() as download:
        row = page.get_by_role("row").filter(has_text="Thôn Vạn Lăng").first
        row.get_by_role("button", name="Tải phiếu").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.active
    assert sheet is not None
    columns = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(5, columns["Ngày gặp"], "02/01/2026")
    sheet.cell(5, columns["Kết quả"], "đã gặp")
    sheet.cell(6, columns["Kết quả"], "vắng")
    book.save(tmp_path / "phieu.xlsx")
    page.get_by_label("Phiếu đã điền (.xlsx, .ods, .csv)").set_input_files(tmp_path / "phieu.xlsx")
    page.get_by_role("button", name="Nhập phiếu").click()
    expect(page.get_by_text("2 dòng có kết quả: 1 đã ghi, 0 đã ghi từ trước, 1 cần sửa.")).to_be_visible()
    seen("outreach-sheet")

    page.get_by_role("link", name="Chỉ tiêu").click()
    expect(page.get_by_role("heading", name="Chỉ tiêu: ")).to_be_visible()
    seen("outreach-targets")
    page.get_by_role("link", name="Tin gửi người hưởng").click()
    seen("outreach-messages")
