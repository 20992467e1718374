# SPDX-License-Identifier: MPL-2.0
"""Mẫu 20 (Decree 347/2025): (1) STT, (2) recipient, (3) account and bank, (4) amount; recipients of
social protection stand under IV. The detail sum, the list's total and the amount in words are one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

import xlsxwriter

from ansinh.disbursement.items import Head, Item, Layout
from ansinh.rules.money import in_words_vi
from ansinh.rules.months import Month

CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a constant in the file, not a clock
WIDTHS = (8, 38, 46, 18, 24)


def write(head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """The form as a workbook, ready to print on A4."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": CREATED, "title": head.reference})
    bold = book.add_format({"bold": True, "align": "center"})
    cell = book.add_format({"border": 1, "num_format": "@"})
    money = book.add_format({"border": 1, "num_format": "#,##0"})
    sheet = book.add_worksheet("Mẫu 20")
    sheet.set_paper(9)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.repeat_rows(6)
    sheet.write_string(0, 1, "Mẫu số 20 – Nghị định 347/2025/NĐ-CP")
    sheet.write_string(1, 1, "DANH SÁCH THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG", bold)
    sheet.write_string(2, 1, f"Đơn vị giao dịch: {head.unit}")
    sheet.write_string(
        3, 1, f"Chi trả {Month.of(head.period).vi}. Kèm theo giấy rút dự toán/uỷ nhiệm chi số ……"
    )
    sheet.write_string(4, 1, f"Mã danh sách: {head.reference}. Số người: {head.count}")
    headings = ("STT", "Đối tượng thụ hưởng", "Số tài khoản, tên ngân hàng", "Số tiền", "Mã lệnh chi")
    for place, heading in enumerate(headings):
        sheet.write_string(6, place, heading, bold)
    sheet.write_string(7, 0, "IV", cell)
    sheet.write_string(7, 1, "Đối tượng khác", cell)
    row = 8
    for item in items:
        sheet.write_number(row, 0, item.place, cell)
        sheet.write_string(row, 1, item.holder, cell)
        sheet.write_string(row, 2, f"{item.account} – {item.bank_name}", cell)
        sheet.write_number(row, 3, item.amount_vnd, money)
        sheet.write_string(row, 4, item.end_to_end_id, cell)
        row += 1
    sheet.write_string(row, 1, "Tổng cộng", bold)
    sheet.write_number(row, 3, head.sum_vnd, money)
    sheet.write_string(row + 1, 1, f"Bằng chữ: {in_words_vi(head.sum_vnd)}")
    for place, signer in enumerate(("Người lập", "Kế toán trưởng", "Thủ trưởng đơn vị")):
        sheet.write_string(row + 3, place + 1, signer, bold)
    book.close()


LAYOUTS = (
    Layout(
        code="treasury20",
        label="Kho bạc: Mẫu 20 danh sách thanh toán (.xlsx)",
        channels=frozenset({"account"}),
        suffix="xlsx",
        most_rows=20_000,
        write=write,
    ),
)
