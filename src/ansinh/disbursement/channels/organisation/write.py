# SPDX-License-Identifier: MPL-2.0
"""The list of a pay day: by hamlet, with sums, room for a signature or thumb-print, and the id of the
instruction, which the organisation's report names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

import xlsxwriter

from ansinh.disbursement.items import Head, Item, Layout
from ansinh.rules.money import in_words_vi
from ansinh.rules.months import Month

CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a constant in the file, not a clock
HEADINGS = ("STT", "Họ và tên người hưởng", "Người nhận (nếu nhận thay)", "Thôn, tổ", "Số tiền",
            "Ký nhận, điểm chỉ", "Mã lệnh chi")  # fmt: skip
WIDTHS = (6, 30, 30, 24, 14, 24, 24)
PLACES = {"pay_point": "tại điểm chi trả", "home": "tại nhà", "institution": "tại cơ sở"}


def write(head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """The list as a workbook for A4 landscape, its heading on each page."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": CREATED, "title": head.reference})
    bold = book.add_format({"bold": True, "align": "center"})
    cell = book.add_format({"border": 1, "num_format": "@"})
    money = book.add_format({"border": 1, "num_format": "#,##0"})
    sheet = book.add_worksheet("Ký nhận")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(3)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 1, f"DANH SÁCH CHI TRẢ BẰNG TIỀN MẶT {Month.of(head.period).vi.upper()}", bold)
    sheet.write_string(1, 1, f"{head.unit}. Mã danh sách: {head.reference}. Số người: {head.count}")
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(3, place, heading, bold)
    row = 4
    for item in items:
        instead = "" if item.payee == item.person else item.payee
        sheet.write_number(row, 0, item.place, cell)
        sheet.write_string(row, 1, item.person, cell)
        sheet.write_string(row, 2, instead, cell)
        sheet.write_string(row, 3, f"{item.hamlet} ({PLACES.get(item.channel, '')})", cell)
        sheet.write_number(row, 4, item.amount_vnd, money)
        sheet.write_string(row, 5, "", cell)
        sheet.write_string(row, 6, item.end_to_end_id, cell)
        row += 1
    sheet.write_string(row, 1, "Tổng cộng", bold)
    sheet.write_number(row, 4, head.sum_vnd, money)
    sheet.write_string(row + 1, 1, f"Bằng chữ: {in_words_vi(head.sum_vnd)}")
    for place, signer in enumerate(("Người lập", "Người chi tiền", "Người giám sát"), 1):
        sheet.write_string(row + 3, place, signer, bold)
    book.close()


LAYOUTS = (
    Layout(
        code="organisation",
        label="Tổ chức chi trả: danh sách ký nhận tiền mặt (.xlsx)",
        channels=frozenset({"pay_point", "home", "institution"}),
        suffix="xlsx",
        most_rows=20_000,
        write=write,
        by_contract=True,
    ),
)
