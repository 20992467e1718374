# SPDX-License-Identifier: MPL-2.0
"""Twelve layouts as communes send them, from a clean sheet to text in an old font.

A layout is columns (field and header; two lines where the header has two rows) and habits. Fields are
those of the form "awards" (`registry.files.forms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["xlsx", "xls", "csv", "ods"]
Header = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one commune's officer keeps the list."""

    name: str
    what: str
    columns: tuple[tuple[str, Header], ...]
    kind: Kind = "xlsx"
    encoding: str = "utf-8"
    separator: str = ";"
    titles: bool = False
    numbered_columns: bool = False
    grouped: Literal["", "category", "hamlet"] = ""
    totals: bool = False
    signatures: bool = False
    cover_sheet: bool = False
    hidden_sheet: bool = False
    merged_hamlets: bool = False
    born: Literal["date", "text", "serial", "split"] = "date"
    year_only: Literal["number", "text", "zeros"] = "number"
    amount: Literal["number", "dots", "dots_unit"] = "number"
    category: Literal["code", "phrase"] = "phrase"
    decision: Literal["two", "one"] = "two"
    month: Literal["text", "date", "words"] = "text"
    names: Literal["plain", "capitals", "decomposed", "spaced"] = "plain"
    font: Literal["", "TCVN3", "VNI"] = ""
    restarts: bool = False  # the running number begins again in each group
    blank_lines: bool = False

    def has(self, *fields: str) -> bool:
        """Whether the layout has a column for each of these fields."""
        mine = {name for name, _header in self.columns}
        return all(field in mine for field in fields)


_WHO: tuple[tuple[str, Header], ...] = (
    ("order", "STT"), ("name", "Họ và tên"), ("born", "Ngày, tháng, năm sinh"), ("sex", "Giới tính"),
    ("number", "Số CCCD/Định danh cá nhân"), ("hamlet", "Thôn, tổ dân phố"),
)  # fmt: skip
_WHAT: tuple[tuple[str, Header], ...] = (
    ("category", "Chế độ hưởng"), ("percent", "Tỷ lệ thương tật (%)"), ("children", "Số con"),
    ("decision_number", "Số quyết định"), ("decided_on", "Ngày quyết định"),
    ("first_month", "Hưởng từ tháng"), ("amount", "Mức hưởng (đồng)"),
)  # fmt: skip

PLAIN = Layout(
    "plain", "bảng sạch, một dòng tiêu đề", (*_WHO, ("phone", "Số điện thoại"), *_WHAT, ("note", "Ghi chú"))
)
OFFICIAL = Layout(
    "official", "quốc hiệu, đầu bảng hai dòng gộp ô, dòng (1)(2)(3), nhóm I II III, cộng, bằng chữ, chữ ký",
    (
        ("order", "STT"), ("name", "Họ và tên đối tượng"), ("born", "Ngày tháng năm sinh"),
        ("sex", "Giới tính"),
        ("number", ("Giấy tờ tùy thân", "Số định danh cá nhân")),
        ("old_number", ("Giấy tờ tùy thân", "Số CMND cũ")), ("hamlet", "Nơi cư trú (thôn)"),
        ("percent", "Tỷ lệ TTCT (%)"), ("children", "Số con đang nuôi"),
        ("decision_number", ("Quyết định hưởng", "Số quyết định")),
        ("decided_on", ("Quyết định hưởng", "Ngày quyết định")),
        ("first_month", "Hưởng từ tháng"), ("amount", "Mức trợ cấp (đồng/tháng)"), ("note", "Ghi chú"),
    ),
    titles=True, numbered_columns=True, grouped="category", totals=True, signatures=True, restarts=True,
    year_only="text", born="text",
)  # fmt: skip
SECOND_SHEET = Layout(
    "second_sheet", "trang bìa trước, dữ liệu ở trang thứ hai, một trang ẩn", (*_WHO, *_WHAT),
    cover_sheet=True, hidden_sheet=True, titles=True, totals=True, category="code", month="date",
)  # fmt: skip
BORN_SPLIT = Layout(
    "born_split", "năm sinh chia hai cột nam, nữ; số và ngày quyết định chung một ô",
    (
        ("order", "TT"), ("name", "Họ, tên"), ("born_male", ("Ngày, tháng, năm sinh", "Nam")),
        ("born_female", ("Ngày, tháng, năm sinh", "Nữ")), ("number", "Số CCCD"), ("hamlet", "Địa chỉ (thôn)"),
        ("category", "Diện đối tượng"), ("percent", "Tỷ lệ (%)"), ("children", "Số con"),
        ("decision", "Số, ngày quyết định"), ("first_month", "Thời điểm hưởng"), ("amount", "Số tiền"),
    ),
    born="split", decision="one", titles=True, totals=True, signatures=True,
)  # fmt: skip
WINDOWS_1258 = Layout(
    "csv_windows_1258", "CSV bảng mã windows-1258, ngăn bằng dấu chấm phẩy", (*_WHO, *_WHAT), kind="csv",
    encoding="windows-1258", separator=";", born="text", amount="dots",
)  # fmt: skip
UTF_16 = Layout(
    "csv_utf16_tab", "Unicode Text của Excel: UTF-16, ngăn bằng tab",
    (*_WHO, ("ethnicity", "Dân tộc"), *_WHAT), kind="csv", encoding="utf-16", separator="\t",
    born="text", year_only="zeros", amount="dots_unit",
)  # fmt: skip
UTF_8_BOM = Layout(
    "csv_semicolon_bom", "CSV UTF-8 có BOM, số tiền có dấu chấm", (*_WHO, ("phone", "SĐT"), *_WHAT),
    kind="csv", encoding="utf-8-sig", separator=";", born="text", amount="dots", month="words",
    names="capitals",
)  # fmt: skip
TCVN3 = Layout(
    "tcvn3", "Excel 97-2003 (.xls) gõ phông .VnTime (TCVN3)", (*_WHO, *_WHAT), kind="xls", font="TCVN3",
    titles=True, totals=True, born="text", category="code",
)  # fmt: skip
VNI = Layout(
    "vni", "Excel gõ phông VNI-Times", (*_WHO, *_WHAT), font="VNI", titles=True, born="text", category="code"
)
ODS = Layout(
    "ods", "LibreOffice .ods, nhóm theo thôn", (*_WHO, ("household", "Hoàn cảnh hộ"), *_WHAT), kind="ods",
    grouped="hamlet", totals=True, titles=True,
)  # fmt: skip
MERGED_HIDDEN = Layout(
    "merged_hidden", "ô thôn gộp nhiều dòng, dòng ẩn, ngày là số của Excel, STT chạy lại, tên tách dấu (NFD)",
    (
        ("hamlet", "Thôn"), ("order", "STT"), ("name", "Họ và  tên"), ("born", "Ngày sinh"), ("sex", "Phái"),
        ("number", "CCCD"), *_WHAT,
    ),
    merged_hamlets=True, restarts=True, born="serial", names="decomposed", titles=True, blank_lines=True,
)  # fmt: skip
OLD_NUMBERS = Layout(
    "old_numbers", "có cả CMND 9 số và CCCD, cột xã, tên thừa dấu cách, quan hệ với người có công",
    (
        ("order", "Số TT"), ("name", "Họ và tên người hưởng"), ("born", "Năm sinh"), ("sex", "Nam/Nữ"),
        ("old_number", "Số CMND"), ("number", "Số CCCD"), ("commune", "Xã/Phường"), ("hamlet", "Thôn/Tổ"),
        ("category", "Loại đối tượng"), ("percent", "Tỷ lệ thương tật"), ("children", "Số con"),
        ("merit_person", "Tên liệt sĩ"), ("relation", "Quan hệ"), ("decision_number", "Quyết định số"),
        ("decided_on", "Ngày ký"), ("first_month", "Tháng bắt đầu hưởng"), ("amount", "Trợ cấp hằng tháng"),
    ),
    names="spaced", titles=True, totals=True, signatures=True, amount="dots",
)  # fmt: skip

LAYOUTS: tuple[Layout, ...] = (
    OFFICIAL, MERGED_HIDDEN, BORN_SPLIT, WINDOWS_1258, UTF_16, OLD_NUMBERS, SECOND_SHEET, TCVN3, UTF_8_BOM,
    ODS, VNI, PLAIN,
)  # fmt: skip


def layout_of(*, seed: int, commune_index: int) -> Layout:
    """The layout of a commune: all twelve before one comes again; another seed begins elsewhere."""
    return LAYOUTS[(commune_index + seed * 5) % len(LAYOUTS)]


def layout_named(name: str) -> Layout:
    """The layout with a name."""
    return next(each for each in LAYOUTS if each.name == name)
