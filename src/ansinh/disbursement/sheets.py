# SPDX-License-Identifier: MPL-2.0
"""One small writer of printed forms as workbooks: title lines, headings, rows with one column of money,
the total in figures and words, the signers. Bytes are the same each time: no clock is in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import xlsxwriter

from ansinh.rules.money import in_words_vi

CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a constant in the file, not a clock
Row = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form looks like. `money` is the place of its column of amounts; `above` stands over the
    headings (the first line bold), `group` between them and the rows, `below` under the words."""

    name: str
    title: str
    above: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[int]
    money: int
    signers: Sequence[str]
    group: Row = ()
    below: Sequence[str] = ()
    landscape: bool = False


def write_sheet(sheet: Sheet, *, rows: Iterable[Row], total_vnd: int, out: BinaryIO) -> None:
    """The form as a workbook for A4, its headings on each page; account numbers stay text."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": CREATED, "title": sheet.title})
    bold = book.add_format({"bold": True, "align": "center"})
    cell = book.add_format({"border": 1, "num_format": "@"})
    money = book.add_format({"border": 1, "num_format": "#,##0"})
    page = book.add_worksheet(sheet.name)
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    for line, text in enumerate(sheet.above):
        page.write_string(line, 1, text, *((bold,) if line == 0 else ()))
    at = len(sheet.above) + 1
    page.repeat_rows(at)
    for place, heading in enumerate(sheet.headings):
        page.write_string(at, place, heading, bold)

    def put(row: int, values: Row) -> None:
        for place, value in enumerate(values):
            if isinstance(value, int):
                page.write_number(row, place, value, money if place == sheet.money else cell)
            else:
                page.write_string(row, place, value, cell)

    at += 1
    if sheet.group:
        put(at, sheet.group)
        at += 1
    for values in rows:
        put(at, values)
        at += 1
    page.write_string(at, 1, "Tổng cộng", bold)
    page.write_number(at, sheet.money, total_vnd, money)
    page.write_string(at + 1, 1, f"Bằng chữ: {in_words_vi(total_vnd)}")
    for line, text in enumerate(sheet.below, at + 2):
        page.write_string(line, 1, text)
    for place, signer in enumerate(sheet.signers, 1):
        page.write_string(at + 3 + len(sheet.below), place, signer, bold)
    book.close()
