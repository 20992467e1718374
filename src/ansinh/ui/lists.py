# SPDX-License-Identifier: MPL-2.0
"""A list of a page as a file: the same rows as on the page, names and numbers as text, who took it.

A spreadsheet runs a cell that begins with = + - @ as a formula: in .xlsx every cell is written as a
string, in .csv such a cell gets an apostrophe in front (ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 20_000  # of one file; a commune has two or three thousand beneficiaries
WIDEST = 48  # characters of a column
RUNS = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[object]]


def asked_kind(text: str | None) -> str:
    """The kind of file that an address asks for (`?tai=`), or nothing."""
    return text if text in KINDS else ""


def list_file(*, kind: str, name: str, heads: Sequence[object], rows: Rows, who: str) -> HttpResponse:
    """The list as a download; `who` took it stands in the last line."""
    told = [[str(each) for each in heads], *([_text(cell) for cell in row] for row in rows)]
    content = _workbook(told, who) if kind == "xlsx" else _csv(told, who)
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _csv(told: list[list[str]], who: str) -> bytes:
    """UTF-8 with its mark, semicolons: what a Vietnamese Excel opens by a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in [*told, [], [who]]:
        writer.writerow([f"'{cell}" if cell.startswith(RUNS) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _workbook(told: list[list[str]], who: str) -> bytes:
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Danh sach")
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        text.set_quote_prefix()
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{who.replace('&', '&&')[:200]}&RTrang &P/&N")
        for column in range(len(told[0])):
            widest = max(len(row[column]) for row in told[:200])
            sheet.set_column(column, column, min(widest + 2, WIDEST))
        for number, row in enumerate(told):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text if number else bold)
        sheet.write_string(len(told) + 1, 0, who)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
