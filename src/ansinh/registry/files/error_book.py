# SPDX-License-Identifier: MPL-2.0
"""The officer's own workbook back: faulty cells coloured, and a column that says what to do.

Only .xlsx can be marked in place; of other kinds a plain .xlsx is written with the same columns. Every
cell is written as text, so nothing turns into a formula. Fixed and sent again, the added column is
not read (no form has it).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill

from ansinh.registry.files.cells import column_index

COLUMN = "Lỗi cần sửa"
FAULT = PatternFill("solid", fgColor="FFD7D7")
DOUBT = PatternFill("solid", fgColor="FFF3CD")
MOST_MARKED = 30_000  # rows; a larger workbook comes back plain


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about one row: its number, (column letter, sentence) pairs, its raw cells by field
    (by letter in a skipped row, whose `why` is not empty)."""

    row: int
    errors: Sequence[tuple[str, str]]
    warnings: Sequence[tuple[str, str]]
    raw: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


def can_be_marked(content: bytes, *, rows: int) -> bool:
    """Whether a list's own bytes can be marked in place: .xlsx, and not too long."""
    if rows > MOST_MARKED or not content.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "xl/workbook.xml" in archive.namelist()


def marked(content: bytes, *, sheet: str, header_row: int, told: Sequence[Told]) -> bytes:
    """The workbook with its faulty cells coloured, the sentences in a new last column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    last = page.max_column + 1
    page.cell(header_row, last, COLUMN)
    for each in told:
        for pairs, fill in ((each.warnings, DOUBT), (each.errors, FAULT)):
            for letter, sentence in pairs:
                if letter:
                    cell = page[f"{letter}{each.row}"]
                    cell.fill = fill
                    if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                        cell.comment = Comment(sentence, "An Sinh")
        sentences = [sentence for _letter, sentence in (*each.errors, *each.warnings)]
        page.cell(each.row, last, "\n".join(sentences)).alignment = Alignment(wrap_text=True)
    page.column_dimensions[openpyxl.utils.get_column_letter(last)].width = 70
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def corrected(content: bytes, *, sheet: str, cells: Mapping[str, str]) -> bytes:
    """The workbook with these cells (`B7`) written as text; a merged cell is taken apart first."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    for address, text in cells.items():
        if isinstance(page[address], openpyxl.cell.cell.MergedCell):
            merged = next(each for each in page.merged_cells.ranges if address in each)
            page.unmerge_cells(str(merged))
        cell = page[address]
        cell.value = text or None
        if text:
            cell.data_type = "s"  # what was typed is never a formula
            cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(*, columns: Sequence[tuple[str, str, str]], told: Iterable[Told]) -> bytes:
    """A new workbook: `columns` (field, letter, label) in the order of the sheet, every row that a list
    can be made of again, group rows with them, each cell as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Cần sửa")
    fills = {True: book.add_format({"bg_color": "#FFD7D7"}), False: book.add_format({"bg_color": "#FFF3CD"})}
    page.set_column(len(columns), len(columns), 70)
    for place, label in enumerate([*(label for _name, _letter, label in columns), COLUMN]):
        page.write_string(0, place, label)
    line = 0
    for each in told:
        if each.why and each.why != "group":
            continue
        line += 1
        bad = {letter: True for letter, _sentence in each.errors}
        marks = {letter: False for letter, _sentence in each.warnings} | bad
        for place, (name, letter, _label) in enumerate(columns):
            text = each.raw.get(letter if each.why else name, "")
            fill = fills[marks[letter]] if letter in marks else None
            if text or fill:
                page.write_string(line, place, text, fill)
        sentences = [sentence for _letter, sentence in (*each.errors, *each.warnings)]
        if sentences:
            page.write_string(line, len(columns), "\n".join(sentences))
    book.close()
    return out.getvalue()


def in_order(columns: dict[str, str]) -> list[tuple[str, str]]:
    """(field, letter) in the order of the sheet."""
    return sorted(columns.items(), key=lambda pair: column_index(pair[1]))
