# SPDX-License-Identifier: MPL-2.0
"""A visit sheet is printed, filled in, sorted, half lost, sent twice, and read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ansinh.outreach.actions.campaigns import plan_campaign, start_campaign
from ansinh.outreach.actions.sheets import Taken, take_sheet, write_sheet
from ansinh.outreach.models import Campaign, Contact, Visit
from ansinh.payees.models import Account
from ansinh.registry.files.headers import HeaderNotFound
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from tests.conftest import units

AT, ON = datetime(2024, 3, 4, 3, 0, tzinfo=UTC), date(2024, 3, 4)
FIRST = 5  # the first line below the header


@pytest.fixture
def campaign(officers: dict[str, Officer], commune: list[Person]) -> Campaign:
    made = plan_campaign(
        commune_id=units()[0].pk, name="Tháng 3", groups=["C"], starts_on=ON, ends_on=date(2024, 4, 30),
        by=officers["lap-danh-sach"], at=AT,
    )  # fmt: skip
    start_campaign(campaign_id=made.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    return made


def printed(campaign: Campaign, officers: dict[str, Officer]) -> bytes:
    contacts = list(Contact.objects.filter(campaign=campaign).select_related("person").order_by("reference"))
    return write_sheet(campaign=campaign, contacts=contacts, title="Cẩm Thanh", by=officers["lap-danh-sach"],
                       at=AT)  # fmt: skip


def columns(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[FIRST - 1]}


def back(
    content: bytes, fill: Callable[[Worksheet, dict[str, int]], None], tmp_path: Path, campaign: Campaign,
    officers: dict[str, Officer], *, today: date = ON,
) -> Taken:  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    assert page is not None
    fill(page, columns(page))
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    return take_sheet(path=path, name="phieu.xlsx", campaign_id=campaign.pk, by=officers["lap-danh-sach"],
                      at=AT, today=today)  # fmt: skip


def put(page: Worksheet, at: dict[str, int], row: int, **cells: object) -> None:
    names = {"on": "Ngày gặp", "outcome": "Kết quả", "reasons": "Lý do (số)", "signed": "Đã ký phiếu từ chối",
             "bank": "Ngân hàng, ví", "account": "Số tài khoản", "reference": "Mã phiếu"}  # fmt: skip
    for name, value in cells.items():
        page.cell(row, at[names[name]], value)


def test_the_sheet_prints_a_line_a_person_and_no_number_of_theirs(
    campaign: Campaign, officers: dict[str, Officer]
) -> None:
    page = openpyxl.load_workbook(io.BytesIO(printed(campaign, officers))).active
    assert page is not None
    at = columns(page)
    assert page.cell(FIRST, at["Mã phiếu"]).value == f"V{campaign.pk}-0001"
    assert page.cell(FIRST, at["Họ và tên"]).value == "Trần Văn Ánh"
    assert page.max_row == FIRST - 1 + 6
    assert "000" not in "".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.column < 6
                                and len(str(cell.value or "")) == 12)  # fmt: skip


def test_filled_lines_become_visits_and_blank_ones_nothing(
    campaign: Campaign, officers: dict[str, Officer], tmp_path: Path
) -> None:
    def fill(page: Worksheet, at: dict[str, int]) -> None:
        put(page, at, FIRST, on="02/03/2024", outcome="Đồng ý", reasons="1, 4")
        put(page, at, FIRST + 1, on="03/03/2024", outcome="TỪ CHỐI", reasons="5", signed="x")
        put(page, at, FIRST + 2, on=date(2024, 3, 2), outcome="đã mở", bank="Agribank",
            account="4010000000001")  # fmt: skip

    taken = back(printed(campaign, officers), fill, tmp_path, campaign, officers)
    assert (taken.filled, taken.taken, taken.faulty) == (3, 3, [])
    kept = {each.outcome: each for each in Visit.objects.all()}
    assert kept["agreed"].reasons == ["far", "no_smartphone"]
    assert kept["refused"].signed
    assert Account.objects.get().number_last4 == "0001"
    assert Contact.objects.filter(campaign=campaign, visits=0).count() == 3


def test_the_same_sheet_under_another_name_changes_nothing(
    campaign: Campaign, officers: dict[str, Officer], tmp_path: Path
) -> None:
    content = printed(campaign, officers)

    def fill(page: Worksheet, at: dict[str, int]) -> None:
        put(page, at, FIRST, on="02/03/2024", outcome="vắng")

    first = back(content, fill, tmp_path, campaign, officers)
    again = back(content, fill, tmp_path, campaign, officers)
    assert (first.taken, again.taken, again.repeated) == (1, 0, 1)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"on": "02/03/2024", "outcome": "vui vẻ"}, "SHEET_OUTCOME"),
        ({"on": "02/03/2024"}, "SHEET_OUTCOME"),
        ({"outcome": "vắng"}, "SHEET_LACKS_DAY"),
        ({"on": "3/2024", "outcome": "vắng"}, "DATE_NOT_WHOLE"),
        ({"on": "31/02/2024", "outcome": "vắng"}, "DATE_NO_SUCH_DAY"),
        ({"on": "09/03/2024", "outcome": "vắng"}, "VISIT_IN_FUTURE"),
        ({"on": "02/03/2024", "outcome": "cần giúp", "reasons": "12"}, "SHEET_REASONS"),
        ({"on": "02/03/2024", "outcome": "cần giúp", "reasons": "xa"}, "SHEET_REASONS"),
        ({"on": "02/03/2024", "outcome": "từ chối"}, "VISIT_REFUSAL_NEEDS_REASON"),
        ({"on": "02/03/2024", "outcome": "đã mở", "account": "4010000000001"}, "SHEET_LACKS_BANK"),
        ({"on": "02/03/2024", "outcome": "đã mở", "bank": "Ngân hàng X", "account": "401"}, "BANK_UNKNOWN"),
        ({"on": "02/03/2024", "outcome": "đã mở", "bank": "Agribank", "account": 1903671234567890123},
         "ACCOUNT_DIGITS_LOST"),
        ({"on": "02/03/2024", "outcome": "vắng", "reference": "V9-9999"}, "SHEET_REFERENCE_UNKNOWN"),
    ],
)  # fmt: skip
def test_a_faulty_line_is_told_and_the_others_go_on(
    cells: dict[str, object], code: str, campaign: Campaign, officers: dict[str, Officer], tmp_path: Path
) -> None:
    def fill(page: Worksheet, at: dict[str, int]) -> None:
        put(page, at, FIRST, **cells)
        put(page, at, FIRST + 1, on="02/03/2024", outcome="đã gặp")

    taken = back(printed(campaign, officers), fill, tmp_path, campaign, officers)
    assert taken.taken == 1
    assert [(each.row, each.refusal.code) for each in taken.faulty] == [(FIRST, code)]
    assert taken.filled == taken.taken + taken.repeated + len(taken.faulty)


def test_a_file_that_is_no_sheet_is_refused(
    campaign: Campaign, officers: dict[str, Officer], tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a;b;c\n1;2;3\n", encoding="utf-8")
    with pytest.raises(HeaderNotFound):
        take_sheet(path=path, name="other.csv", campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT,
                   today=ON)  # fmt: skip
    assert not Visit.objects.exists()


def test_a_name_that_looks_like_a_formula_stays_text(
    campaign: Campaign, officers: dict[str, Officer]
) -> None:
    Person.objects.filter(name="Trần Văn Ánh").update(name='=HYPERLINK("http://x")')
    page = openpyxl.load_workbook(io.BytesIO(printed(campaign, officers))).active
    assert page is not None
    cell = page.cell(FIRST, columns(page)["Họ và tên"])
    assert cell.data_type == "s"
