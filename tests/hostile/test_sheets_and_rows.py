# SPDX-License-Identifier: MPL-2.0
"""Rows 16 to 25 of the bad inputs: formulas, merged cells, headers, totals, hidden and struck rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansinh.registry.files.headers import Mapping
from tests.hostile.files import (
    LABELS,
    account,
    csv,
    judged,
    ods,
    ods_cell,
    one,
    package,
    person,
    refused,
    sheet_xml,
    table,
    xlsx,
)

PEOPLE = table([person(1), person(2), person(3)])
AMOUNT = list(LABELS).index("amount")
TITLES: list[list[Any]] = [
    ["ỦY BAN NHÂN DÂN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["XÃ CẨM THANH", None, None, None, "Độc lập – Tự do – Hạnh phúc"],
    [],
    ["DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP HẰNG THÁNG"],
    ["(Kèm theo Tờ trình số 12/TTr-UBND ngày 05 tháng 3 năm 2024)"],
    [],
]


@pytest.mark.parametrize("value", ["", 540000], ids=["without a value", "with a stale value"])
def test_r16_a_formula_is_never_computed_and_never_believed(tmp_path: Path, value: object) -> None:
    def touch(_book: Any, page: Any) -> None:
        page.write_formula(1, AMOUNT, "=360000*1.5", None, value)

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert found.errors(2) == ["CELL_FORMULA"]
    assert "J2" in found.sentence(2)
    assert "dán giá trị" in found.sentence(2)
    assert found.errors(3) == []


def test_r16_a_shared_formula_is_seen_in_each_of_its_cells(tmp_path: Path) -> None:
    xml = sheet_xml(PEOPLE)
    for row in (2, 3, 4):
        plain = f'<c r="J{row}"><v>540000</v></c>'
        assert plain in xml
        first = ' ref="J2:J4">360000*1.5' if row == 2 else ">"
        xml = xml.replace(plain, f'<c r="J{row}"><f t="shared" si="0"{first}</f><v>540000</v></c>')
    found = judged(tmp_path, package(xml))
    assert [found.errors(row) for row in (2, 3, 4)] == [["CELL_FORMULA"]] * 3


def test_r16_a_formula_in_an_open_document_is_seen_too(tmp_path: Path) -> None:
    cells = [ods_cell(value) for value in PEOPLE[2]]
    cells[AMOUNT] = ods_cell(540000, 'table:formula="of:=360000*1.5"')
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    found = judged(tmp_path, ods([PEOPLE[0], PEOPLE[1], row]), name="a.ods")
    assert (found.errors(2), found.errors(3)) == ([], ["CELL_FORMULA"])


def test_r16_a_formula_for_the_row_number_harms_nobody(tmp_path: Path) -> None:
    def touch(_book: Any, page: Any) -> None:
        page.write_formula(2, 0, "=A2+1", None, 2)

    assert judged(tmp_path, xlsx(PEOPLE, touch=touch)).done.accepted == 3


@pytest.mark.parametrize("fault", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_r17_an_error_value_is_named_with_its_cell(tmp_path: Path, fault: str) -> None:
    def touch(_book: Any, page: Any) -> None:
        page.write_formula(2, AMOUNT, "=VLOOKUP(1,2,3)", None, fault)

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert found.errors(3) == ["CELL_ERROR"]
    assert "J3" in found.sentence(3)
    assert fault in found.sentence(3)
    typed = judged(tmp_path, csv(table([person(1, amount=fault)])), name="a.csv")
    assert typed.errors(2) == ["CELL_ERROR"]


def test_r18_a_merged_cell_of_one_person_is_refused_and_of_a_place_filled_down(tmp_path: Path) -> None:
    def touch(_book: Any, page: Any) -> None:
        page.merge_range(1, 4, 2, 4, "000176000001")  # the citizen number of two people
        page.merge_range(1, 5, 3, 5, "Thôn 9")

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert (found.errors(2), found.errors(3), found.errors(4)) == ([], ["CELL_MERGED"], [])
    assert found.values(4)["hamlet"] == "Thôn 9"
    assert found.doubts(4) == ["CELL_FILLED_DOWN"]


def test_r18_a_merged_cell_of_an_open_document_is_seen_too(tmp_path: Path) -> None:
    tall = [ods_cell(value) for value in PEOPLE[1]]
    tall[4] = ods_cell("000176000001", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    low = [ods_cell(value) for value in PEOPLE[2]]
    low[4] = "<table:covered-table-cell/>"
    rows = [f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in (tall, low)]
    found = judged(tmp_path, ods([PEOPLE[0], *rows]), name="a.ods")
    assert (found.errors(2), found.errors(3)) == ([], ["CELL_MERGED"])


def test_r19_title_lines_a_header_of_two_merged_rows_and_column_numbers(tmp_path: Path) -> None:
    upper = [
        "STT",
        "Họ và tên",
        "Năm sinh",
        None,
        "Số CCCD",
        "Địa chỉ",
        "Đối tượng",
        "Quyết định",
        None,
        "Mức hưởng",
    ]
    lower = [None, None, "Nam", "Nữ", None, None, None, "Số", "Ngày", None]
    numbers = [f"({at})" for at in range(1, 11)]
    each = [1, "Nguyễn Thị Lan", None, 1976, "000176000001", "Thôn 1", "Người khuyết tật nặng", "1/QĐ",
            "10/01/2023", 540000]  # fmt: skip
    rows = [*TITLES, upper, lower, numbers, ["I", "Người khuyết tật"], each]

    def touch(_book: Any, page: Any) -> None:
        top = len(TITLES)
        page.merge_range(top, 2, top, 3, "Năm sinh")
        page.merge_range(top, 7, top, 8, "Quyết định")
        for column in (0, 1, 4, 5, 6, 9):
            page.merge_range(top, column, top + 1, column, upper[column])

    found = judged(tmp_path, xlsx(rows, touch=touch))
    assert found.done.mapping.header_row == len(TITLES) + 2
    assert (found.done.accepted, found.done.rejected, found.done.skipped) == (1, 0, 2)
    last = len(rows)
    assert (found.values(last)["born"], found.values(last)["sex"]) == ("1976", "female")
    assert found.values(last)["decision_number"] == "1/QĐ"


def test_r19_group_rows_give_the_entitlement_to_the_rows_below(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mức hưởng"],
        ["I", "Người khuyết tật nặng", None, None, None, None],
        [1, "Nguyễn Thị Lan", "05/03/1976", "Nữ", "000176000001", 540000],
        ["II", "Người khuyết tật đặc biệt nặng", None, None, None, None],
        [1, "Nguyễn Thị Mai", "05/03/1976", "Nữ", "000176000002", 720000],
    ]
    found = judged(tmp_path, xlsx(rows))
    assert [found.rows[row].why for row in (2, 4)] == ["group", "group"]
    assert (found.values(3)["code"], found.values(5)["code"]) == ("K6_N", "K6_DBN")
    assert found.done.accepted == 2


def test_r19_what_is_found_is_a_proposal_that_the_officer_corrects(tmp_path: Path) -> None:
    rows = [["a", "b", "c", "d", "e"], ["Nguyễn Thị Lan", "1976", "Nữ", "000176000001", "K6_N"]]
    assert refused(tmp_path, xlsx(rows)) == "HEADER_NOT_FOUND"
    given = Mapping("Danh sách", 1, {"name": 0, "born": 1, "sex": 2, "number": 3, "category": 4})
    assert judged(tmp_path, xlsx(rows), mapping=given).done.accepted == 1


def test_r20_totals_words_and_signatures_are_skipped_listed_and_compared(tmp_path: Path) -> None:
    blank: list[Any] = [None] * 10

    def line(at: int, text: str, amount: int | None = None) -> list[Any]:
        cells = list(blank)
        cells[at], cells[AMOUNT] = text, amount
        return cells

    rows = [
        *PEOPLE, line(1, "Cộng", 1_620_000), line(1, "Tổng cộng: 03 người", 1_620_000),
        line(0, "Bằng chữ: Một triệu sáu trăm hai mươi nghìn đồng"), [],
        line(6, "Cẩm Thanh, ngày 05 tháng 3 năm 2024"),
        [None, "NGƯỜI LẬP BIỂU", None, None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, None, "CHỦ TỊCH"], [None, "Trần Văn Bình"],
    ]  # fmt: skip
    found = judged(tmp_path, xlsx(rows))
    assert (found.done.accepted, found.done.rejected, found.done.skipped) == (3, 0, 7)
    whys = [found.rows[row].why for row in sorted(found.rows) if found.rows[row].outcome == "skipped"]
    assert whys == ["total", "total", "words", "signature", "signature", "signature", "signature"]
    assert found.notices() == []
    assert found.rows[5].raw["B"] == "Cộng"


def test_r20_a_printed_total_that_is_off_by_one_dong_is_told(tmp_path: Path) -> None:
    rows = [*PEOPLE, [None, "Tổng cộng", *[None] * 7, 1_620_001]]
    found = judged(tmp_path, xlsx(rows))
    assert found.notices() == ["TOTAL_DIFFERS"]
    assert found.done.notices[0].fields == {
        "cell": "J5", "printed": "1.620.001 đ", "found": "1.620.000 đ",
    }  # fmt: skip


def test_r20_a_person_called_cong_is_no_total(tmp_path: Path) -> None:
    people = [person(1, name="Cống Thị Tổng"), person(2, name="Tống Cộng"), person(3, name="Tổng Thị Cộng")]
    assert judged(tmp_path, xlsx(table(people))).done.accepted == 3


def test_r21_hidden_rows_wait_for_a_decision_and_a_hidden_column_is_told(tmp_path: Path) -> None:
    def touch(_book: Any, page: Any) -> None:
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(4, 4, None, None, {"hidden": True})

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert (found.doubts(2), found.doubts(3)) == ([], ["ROW_HIDDEN"])
    assert found.done.warnings == {"ROW_HIDDEN": 1}
    told = next(each for each in found.done.notices if each.code == "COLUMN_HIDDEN")
    assert told.fields == {"columns": ["E"]}


def test_r21_filtered_rows_of_an_open_document_wait_for_a_decision(tmp_path: Path) -> None:
    cells = "".join(ods_cell(value) for value in PEOPLE[2])
    row = f'<table:table-row table:visibility="filter">{cells}</table:table-row>'
    found = judged(tmp_path, ods([PEOPLE[0], PEOPLE[1], row]), name="a.ods")
    assert (found.doubts(2), found.doubts(3)) == ([], ["ROW_HIDDEN"])


@pytest.mark.parametrize(
    "label",
    ["Số  CCCD ", "Số\nCCCD", "SỐ CCCD", "Số CCCD", "So\u0302\u0301 CCCD", "Số\u00a0CCCD", "so cccd",
     "Số CCCD/ ĐDCN",
     "Số định danh cá nhân", "Số căn cước công dân", "CCCD (12 số)"],
)  # fmt: skip
def test_r22_a_header_is_compared_folded(tmp_path: Path, label: str) -> None:
    rows = [[label if each == "Số CCCD" else each for each in PEOPLE[0]], *PEOPLE[1:]]
    found = judged(tmp_path, xlsx(rows))
    assert found.values()["number"] == "000176000001"


def test_r22_two_columns_with_one_header_need_a_choice(tmp_path: Path) -> None:
    rows = [[*row, at] for at, row in enumerate(PEOPLE)]
    rows[0][-1] = "Mức hưởng"
    assert refused(tmp_path, xlsx(rows)) == "COLUMN_TWICE"
    columns = {name: at for at, name in enumerate(LABELS)}
    assert judged(tmp_path, xlsx(rows), mapping=Mapping("Danh sách", 1, columns)).done.accepted == 3


def test_r23_another_order_and_unknown_columns_change_nothing(tmp_path: Path) -> None:
    rows = [[*reversed(row), "x"] for row in PEOPLE]
    rows[0][-1] = "Mã nội bộ"
    found = judged(tmp_path, xlsx(rows))
    assert (found.done.accepted, found.values()["number"]) == (3, "000176000001")


@pytest.mark.parametrize("left_out", ["name", "born"])
def test_r23_a_mandatory_column_that_is_missing_is_named(tmp_path: Path, left_out: str) -> None:
    labels = {key: label for key, label in LABELS.items() if key != left_out}
    assert refused(tmp_path, xlsx(table([person(1)], labels))) == "COLUMN_MISSING"
    assert refused(tmp_path, xlsx([["STT", "Họ và tên", "Số CCCD"], [1, "A", "x"]]), form="accounts") in {
        "COLUMN_MISSING", "HEADER_NOT_FOUND",
    }  # fmt: skip


def test_r24_row_numbers_that_restart_or_repeat_say_nothing(tmp_path: Path) -> None:
    people = [
        person(1, order=1),
        person(2, order=1),
        person(3, order=9),
        person(4, order=None),
        person(5, order="x"),
    ]
    assert judged(tmp_path, xlsx(table(people))).done.accepted == 5


def test_r25_colour_means_nothing_and_a_struck_row_waits_for_a_decision(tmp_path: Path) -> None:
    def touch(book: Any, page: Any) -> None:
        red, struck = book.add_format({"bg_color": "red"}), book.add_format({"font_strikeout": True})
        page.write(1, 1, PEOPLE[1][1], red)
        page.write(2, 1, PEOPLE[2][1], struck)

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert (found.doubts(2), found.doubts(3), found.done.accepted) == ([], ["ROW_STRUCK"], 3)


def test_nothing_is_lost_whatever_the_mess(tmp_path: Path) -> None:
    rows = [*TITLES, *PEOPLE, ["Tổng cộng"], ["x", None, "y"], [None, "Ai đó không có gì"], [1, 2, 3, 4]]
    found = judged(tmp_path, xlsx(rows))
    assert found.done.rows == found.done.accepted + found.done.rejected + found.done.skipped
    assert set(found.rows) == set(range(len(TITLES) + 2, len(rows) + 1))
    assert one(tmp_path).done.accepted == 1
    assert account()["bank"]
