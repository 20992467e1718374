# SPDX-License-Identifier: MPL-2.0
"""The officer's own workbook back: faulty cells coloured, and a column that says what to do.

Only .xlsx can be marked in place; of other kinds a plain .xlsx is written with the same columns. Every
cell is written as text, so nothing turns into a formula. Fixed and sent again, the added column is
not read (no form has it).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

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
    """What is told about one row: its number, (column letter, sentence) pairs, its raw cells."""

    row: int
    errors: Sequence[tuple[str, str]]
    warnings: Sequence[tuple[str, str]]
    raw: Sequence[str] = ()


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


def plain(*, labels: Sequence[str], letters: Sequence[str], told: Sequence[Told]) -> bytes:
    """A new workbook: the same columns, only the rows that something is told about."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Cần sửa")
    fault = book.add_format({"bg_color": "#FFD7D7"})
    at = {letter: place for place, letter in enumerate(letters)}
    for place, label in enumerate([*labels, COLUMN]):
        page.write_string(0, place, label)
    for line, each in enumerate(told, 1):
        bad = {at[letter] for letter, _sentence in each.errors if letter in at}
        for place, text in enumerate(each.raw):
            page.write_string(line, place, text, fault if place in bad else None)
        sentences = [sentence for _letter, sentence in (*each.errors, *each.warnings)]
        page.write_string(line, len(labels), "\n".join(sentences))
    page.set_column(len(labels), len(labels), 70)
    book.close()
    return out.getvalue()


def in_order(columns: dict[str, str]) -> list[tuple[str, str]]:
    """(field, letter) in the order of the sheet."""
    return sorted(columns.items(), key=lambda pair: column_index(pair[1]))
