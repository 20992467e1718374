# SPDX-License-Identifier: MPL-2.0
"""A messy list in real Chromium: sent, its error file mended, sent again, imported by the keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.hostile.files import person, table, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]

TITLES: list[list[Any]] = [
    ["ỦY BAN NHÂN DÂN XÃ CẨM THANH", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, None, "Độc lập – Tự do – Hạnh phúc"],
    [],
    ["DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP THÁNG 3 NĂM 2024"],
]
PEOPLE = [
    person(1), person(2, number="99917600002"), person(3, name="Lê Thị Sen (Tèo)"),
    person(4, born="01/01/1976"), person(5, amount=500000),
]  # fmt: skip
FOOT: list[list[Any]] = [[None, "Tổng cộng", *[None] * 7, 2_660_000], [], [None, "NGƯỜI LẬP BIỂU"]]


def send(page: Page, path: Path) -> None:
    page.goto("/ho-so/danh-sach/")
    page.get_by_label("Tệp danh sách").set_input_files(path)
    page.get_by_label("Của tháng").fill("03/2024")
    page.get_by_role("button", name="Kiểm tra tệp").press("Enter")


def test_a_messy_list_is_mended_and_imported_by_the_keyboard(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    path = tmp_path / "danh sach thang 3.xlsx"
    path.write_bytes(xlsx([*TITLES, *table(PEOPLE), *FOOT]))
    page.goto("/ho-so/danh-sach/")
    seen("import-send")
    send(page, path)
    expect(page.get_by_role("heading", name="danh sach thang 3.xlsx")).to_be_visible()
    expect(page.get_by_text("E7", exact=True)).to_be_visible()
    expect(page.get_by_text("J10", exact=True)).to_be_visible()
    seen("import-errors")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp lỗi").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.active
    assert sheet is not None
    sheet["E7"], sheet["B8"], sheet["J10"] = "000176000002", "Lê Thị Sen", 540000
    mended = tmp_path / "da sua.xlsx"
    book.save(mended)
    send(page, mended)
    expect(page.get_by_text("Nhập 5 dòng hợp lệ")).to_be_visible()
    seen("import-checked")
    for radio in page.get_by_role("radio").all():
        if radio.get_attribute("value") == "keep":
            radio.press("Space")
    page.get_by_label("Số người theo giấy").fill("4")
    page.get_by_role("button", name="Nhập 5 dòng hợp lệ").press("Enter")
    expect(page.get_by_text("bạn ghi 4 người")).to_be_visible()
    seen("import-total-differs")
    for radio in page.get_by_role("radio").all():
        if radio.get_attribute("value") == "keep":
            radio.press("Space")
    page.get_by_label("Số người theo giấy").fill("5")
    page.get_by_role("button", name="Nhập 5 dòng hợp lệ").press("Enter")
    expect(page.get_by_text("Đã nhập danh sách.")).to_be_visible()
    seen("import-done")


def test_columns_that_are_not_found_are_pointed_out(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    path = tmp_path / "la.xlsx"
    path.write_bytes(
        xlsx([["cột a", "cột b", "cột c", "cột d", "cột e"],
              ["Trần Thị Mai", "1976", "Nữ", "000176000009", "K6_N"]])
    )  # fmt: skip
    send(page, path)
    page.get_by_role("link", name="Chỉ ra tiêu đề và các cột").click()
    page.get_by_label("Dòng cuối của tiêu đề").fill("1")
    for label, letter in (("Họ và tên", "A"), ("Ngày, tháng, năm sinh", "B"), ("Số định danh cá nhân", "D"),
                          ("Chế độ", "E")):  # fmt: skip
        page.get_by_label(label, exact=False).first.fill(letter)
    seen("import-mapping")
    page.get_by_role("button", name="Đọc lại và ghi nhớ").press("Enter")
    expect(page.get_by_text("ghi nhớ cho lần sau")).to_be_visible()


def test_a_large_list_is_read_by_the_worker_while_the_page_waits(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    path = tmp_path / "lon.csv"
    rows = table([person(at, hamlet="Thôn " + "dài " * 40) for at in range(100, 1_600)])
    path.write_text("\n".join(";".join(str(cell) for cell in row) for row in rows) + "\n", encoding="utf-8")
    assert path.stat().st_size > 300_000
    send(page, path)
    expect(page.get_by_role("status")).to_be_visible()
    seen("import-progress")
    expect(page.get_by_text("Nhập 1.500 dòng hợp lệ")).to_be_visible(timeout=60_000)
