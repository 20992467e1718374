# SPDX-License-Identifier: MPL-2.0
"""The lists of reality in real Chromium: each form's messiest sample sent, its error file mended, sent again,
its preview read, imported with the paper's totals; all of it by the keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from ansinh.population.actions.hand_over import hand_over
from ansinh.population.actions.rounds import prepare_round
from ansinh.population.adapters.simulated import SimulatedRegister
from ansinh.population.models import Answer
from ansinh.registry.models import ImportFile
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.hostile.files import ACCOUNT_LABELS, account, person, table, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn, Seen = Callable[[str], Page], Callable[[str], None]
Cells = dict[str, Any]

HEAD: list[list[Any]] = [
    ["ỦY BAN NHÂN DÂN XÃ CẨM THANH", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, None, "Độc lập – Tự do – Hạnh phúc"],
    [],
    ["DANH SÁCH THÁNG 3 NĂM 2024"],
]
NUMBERS = [f"({at})" for at in range(1, 11)]
PEOPLE = [
    person(1), person(2, number="99917600002"), person(3, name="Lê Thị Sen (Tèo)"),
    person(4, born="01/01/1976"), person(5, amount=500000),
]  # fmt: skip
FOOT: list[list[Any]] = [[None, "Tổng cộng", *[None] * 7, 2_660_000], [], [None, "NGƯỜI LẬP BIỂU"]]


def send(page: Page, path: Path, form: str = "Danh sách đối tượng hưởng") -> None:
    """Choose, fill in and send without touching the mouse."""
    page.goto("/ho-so/danh-sach/")
    page.get_by_label("Tệp danh sách").set_input_files(path)
    page.get_by_label("Loại danh sách").select_option(label=form)
    page.get_by_label("Của tháng").fill("03/2024")
    page.get_by_role("button", name="Kiểm tra tệp").press("Enter")
    expect(page.get_by_role("heading", name=path.name)).to_be_visible(timeout=30_000)


def mended(page: Page, tmp_path: Path, cells: Cells, name: str) -> Path:
    """The error file that the page gives, its marked cells corrected as an officer would."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp lỗi").press("Enter")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.active
    assert sheet is not None
    for address, value in cells.items():
        assert sheet[address].comment is not None, f"{address} is not marked"
        sheet[address] = value
    path = tmp_path / name
    book.save(path)
    return path


def keep_doubts(page: Page) -> None:
    for radio in page.get_by_role("radio").all():
        if radio.get_attribute("value") == "keep":
            radio.press("Space")


def import_all(page: Page, rows: int) -> None:
    keep_doubts(page)
    page.get_by_label("Số người theo giấy").fill(str(rows))
    page.get_by_role("button", name=f"Nhập {rows} dòng hợp lệ").press("Enter")
    expect(page.get_by_text("Đã nhập danh sách.")).to_be_visible(timeout=30_000)


def test_a_messy_list_of_awards_is_mended_and_imported_by_the_keyboard(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    path = tmp_path / "danh sach thang 3.xlsx"
    header, *people = table(PEOPLE)
    path.write_bytes(xlsx([*HEAD, header, NUMBERS, ["I", "Người khuyết tật nặng"], *people, *FOOT]))
    page.goto("/ho-so/danh-sach/")
    seen("import-send")
    send(page, path)
    for cell in ("E9", "B10", "J12"):
        expect(page.get_by_text(cell, exact=True)).to_be_visible()
    seen("import-errors")
    again = mended(page, tmp_path, {"E9": "000176000002", "B10": "Lê Thị Sen", "J12": 540000}, "da sua.xlsx")
    send(page, again)
    expect(page.get_by_text("Nhập 5 dòng hợp lệ")).to_be_visible()
    seen("import-checked")
    keep_doubts(page)
    page.get_by_label("Số người theo giấy").fill("4")
    page.get_by_role("button", name="Nhập 5 dòng hợp lệ").press("Enter")
    expect(page.get_by_text("bạn ghi 4 người")).to_be_visible()
    seen("import-total-differs")
    import_all(page, 5)
    seen("import-done")


def test_columns_that_are_not_found_are_pointed_out_once(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    head = ["cột a", "cột b", "cột c", "cột d", "cột e"]
    path = tmp_path / "la.xlsx"
    path.write_bytes(xlsx([head, ["Trần Thị Mai", "1976", "Nữ", "000176000109", "K6_N"]]))
    send(page, path)
    page.get_by_role("link", name="Chỉ ra tiêu đề và các cột").press("Enter")
    page.get_by_label("Dòng cuối của tiêu đề").fill("1")
    fields = {"name": "A", "born": "B", "sex": "C", "number": "D", "category": "E"}
    for name, letter in fields.items():
        page.locator(f"#f-{name}").fill(letter)
    seen("import-mapping")
    page.get_by_role("button", name="Đọc lại và ghi nhớ").press("Enter")
    expect(page.get_by_text("ghi nhớ cho lần sau")).to_be_visible()
    expect(page.get_by_text("Nhập 1 dòng hợp lệ")).to_be_visible()
    page.get_by_role("button", name="Không nhập gì").press("Enter")
    second = tmp_path / "thang sau.xlsx"
    second.write_bytes(xlsx([head, ["Trần Thị Cúc", "1977", "Nữ", "000177000110", "K6_N"]]))
    send(page, second)  # nothing is asked this time
    expect(page.get_by_text("Nhập 1 dòng hợp lệ")).to_be_visible()
    page.get_by_role("button", name="Không nhập gì").press("Enter")


def test_accounts_of_people_of_the_register(page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path) -> None:
    sign_in("lap-danh-sach")
    rows = [account(1), account(2, account="4200205000"), account(5, bank="NH Lạ")]
    path = tmp_path / "tai khoan.xlsx"
    header, *people = table(rows, ACCOUNT_LABELS)
    path.write_bytes(xlsx([*HEAD, header, *people, [], [None, "KẾ TOÁN"]]))
    send(page, path, "Danh sách tài khoản")
    expect(page.get_by_text("F8", exact=True)).to_be_visible()
    seen("import-accounts")
    again = mended(page, tmp_path, {"E7": "4200205000002", "F8": "Agribank"}, "tai khoan da sua.xlsx")
    send(page, again, "Danh sách tài khoản")
    import_all(page, 3)


def test_answers_of_the_police_find_their_round(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    maker, now = Officer.objects.get(username="lap-danh-sach"), datetime.now(UTC)
    with transaction.atomic():
        open_to_all()
        commune = ImportFile.objects.filter(state="confirmed", form="awards").latest("pk").commune
        due = now.date() + timedelta(days=14)
        made = prepare_round(unit=commune, due_on=due, by=maker, at=now, on=now.date())
        hand_over(round_id=made.pk, register=SimulatedRegister({}), receiver="Công an", by=maker, at=now)
        members = list(made.members.order_by("position").values_list("reference", flat=True))[:3]
    sign_in("lap-danh-sach")
    head = ["STT", "Mã đối chiếu", "Kết quả đối chiếu", "Ngày chết"]
    rows = [[1, members[0], "khớp", None], [2, members[1], "đã chết", None], [3, "ZZZZZZZZZ", "khớp", None]]
    path = tmp_path / "tra loi.xlsx"
    path.write_bytes(xlsx([*HEAD, head, *rows]))
    send(page, path, "Trả lời đối chiếu dân cư")
    expect(page.get_by_text("D7", exact=True)).to_be_visible()
    seen("import-population")
    again = mended(page, tmp_path, {"D7": "15/01/2024", "B8": members[2]}, "tra loi da sua.xlsx")
    send(page, again, "Trả lời đối chiếu dân cư")
    import_all(page, 3)
    with transaction.atomic():
        open_to_all()
        assert sorted(Answer.objects.values_list("result", flat=True)) == ["deceased", "matched", "matched"]


def test_a_large_list_is_read_by_the_worker_while_the_page_waits(
    page: Page, sign_in: SignIn, seen: Seen, tmp_path: Path
) -> None:
    sign_in("lap-danh-sach")
    path = tmp_path / "lon.csv"
    rows = table([person(at, hamlet="Thôn " + "dài " * 40) for at in range(100, 1_600)])
    path.write_text("\n".join(";".join(str(cell) for cell in row) for row in rows) + "\n", encoding="utf-8")
    assert path.stat().st_size > 300_000
    send(page, path)
    expect(page.get_by_text("Nhập 1.500 dòng hợp lệ")).to_be_visible(timeout=60_000)
    seen("import-large")
    page.get_by_role("button", name="Không nhập gì").press("Enter")
    with transaction.atomic():
        open_to_all()
        assert ImportFile.objects.get(name="lon.csv").rows == 1_500
