# SPDX-License-Identifier: MPL-2.0
"""The list of people as a file: numbers masked, ids and names as text, who took it and when.

A spreadsheet runs a cell that begins with = + - @ as a formula: in .xlsx every cell is written as a
string, in .csv such a cell gets an apostrophe in front (ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from django.db.models import QuerySet

from ansinh.registry import labels
from ansinh.registry.models import Person
from ansinh.registry.records import born_of
from ansinh.rules.months import VIETNAM

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh", "Xã, phường", "Thôn, tổ",
           "Tình trạng", "Khoản hưởng")  # fmt: skip
WIDTHS = (6, 30, 14, 10, 16, 24, 24, 14, 40)
RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the table: who took the list, when, why, and which part of it."""

    officer: str
    at: datetime
    reason: str
    filters: str

    @property
    def lines(self) -> tuple[str, str]:
        """As they are written."""
        when = self.at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
        which = self.filters or "tất cả"
        return (
            f"Danh sách đối tượng. Người xuất: {self.officer}, lúc {when}.",
            f"Lý do: {self.reason}. Bộ lọc: {which}. Số định danh đã che.",
        )


def rows(*, people: QuerySet[Person], open_at: Collection[int]) -> Iterator[tuple[str, ...]]:
    """One row a person; `open_at` are the communes whose confidential grounds the officer may read."""
    found = people.select_related("commune").prefetch_related("awards")
    for number, person in enumerate(found.iterator(chunk_size=2_000), 1):
        awards = [
            labels.badge(award.code, open_grounds=person.commune_id in open_at)
            for award in person.awards.all() if not award.voided and award.end_month is None
        ]  # fmt: skip
        yield (
            str(number), person.name, born_of(person.born_on, person.born_precision).vi,
            labels.value("sex", person.sex), f"••••{person.number_last4}" if person.number_last4 else "",
            person.commune.name, person.hamlet, labels.value("life", person.life), ", ".join(awards),
        )  # fmt: skip


def csv_file(*, people: QuerySet[Person], head: Head, open_at: Collection[int]) -> bytes:
    """UTF-8 with its mark, semicolons: what a Vietnamese Excel opens by a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in head.lines:
        writer.writerow([_tame(line)])
    writer.writerow(COLUMNS)
    for row in rows(people=people, open_at=open_at):
        writer.writerow([_tame(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _tame(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUNS) else cell


def xlsx_file(*, people: QuerySet[Person], head: Head, open_at: Collection[int]) -> bytes:
    """A workbook in which every cell is text, with officer and time in the printed footer too."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Doi tuong")
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        text.set_quote_prefix()
        sheet.set_landscape()
        sheet.repeat_rows(2)
        sheet.set_footer(f"&L{_of_footer(head)}&RTrang &P/&N")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, line in enumerate(head.lines):
            sheet.write_string(number, 0, line)
        for column, title in enumerate(COLUMNS):
            sheet.write_string(2, column, title, bold)
        for number, row in enumerate(rows(people=people, open_at=open_at), 3):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text)
        sheet.freeze_panes(3, 2)
    return out.getvalue()


def _of_footer(head: Head) -> str:
    return head.lines[0].replace("&", "&&")[:200]
