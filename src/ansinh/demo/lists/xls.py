# SPDX-License-Identifier: MPL-2.0
"""A sheet as an Excel 97-2003 workbook (BIFF8), as offices with old machines still send it: text, whole
numbers, merged ranges, one font. No library that is kept up writes it (docs/reference/demo.md)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from ansinh.demo.lists.cells import Cell, SheetPlan
from ansinh.vault import compound_file

BOOK, SHEET = 0x05, 0x10
STYLES = 15  # a workbook has fifteen styles before its first cell format
MOST_MERGED = 1_000  # ranges in one record


def workbook(sheets: Sequence[SheetPlan]) -> bytes:
    """The bytes of a workbook with these sheets."""
    bodies = [b"".join(_sheet(plan)) for plan in sheets]
    opening = [_begin(BOOK), _record(0x42, struct.pack("<H", 1200)), *_looks(sheets[0].font)]
    names = [_short(plan.name) for plan in sheets]
    place = sum(map(len, opening)) + sum(4 + 6 + len(name) for name in names) + len(_END)
    bound = []
    for plan, name, body in zip(sheets, names, bodies, strict=True):
        bound.append(_record(0x85, struct.pack("<IBB", place, int(plan.hidden), 0) + name))
        place += len(body)
    return compound_file.write({"Workbook": b"".join([*opening, *bound, _END, *bodies])})


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


_END = _record(0x0A)


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 6))


def _short(text: str) -> bytes:
    """A text with its length in one byte."""
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _looks(font: str) -> Iterator[bytes]:
    """Four times the font, the styles, and the one format of all cells."""
    for _each in range(4):
        yield _record(0x31, struct.pack("<HHHHHBBBB", 240, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short(font))
    for at in range(STYLES + 1):
        kind = 0x0001 if at == STYLES else 0xFFF5
        yield _record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, kind, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    yield _record(0x293, struct.pack("<HBB", 0x8000, 0, 0xFF))


def _sheet(plan: SheetPlan) -> Iterator[bytes]:
    yield _begin(SHEET)
    width = max(map(len, plan.rows), default=0)
    yield _record(0x200, struct.pack("<IIHHH", 0, len(plan.rows), 0, width, 0))
    for at, row in enumerate(plan.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                yield _cell(at, column, cell)
    yield _record(0x23E, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 0x40, 0, 0, 0))
    for start in range(0, len(plan.merged), MOST_MERGED):
        ranges = plan.merged[start : start + MOST_MERGED]
        cells = [struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in ranges]
        yield _record(0xE5, struct.pack("<H", len(ranges)) + b"".join(cells))
    yield _END


def _cell(row: int, column: int, cell: Cell) -> bytes:
    """A number or a text. Raises TypeError for what this layout does not have (dates, formulas)."""
    where = struct.pack("<HHH", row, column, STYLES)
    if isinstance(cell, int):
        return _record(0x203, where + struct.pack("<d", cell))
    if not isinstance(cell, str):
        raise TypeError(f"no {type(cell).__name__} in an old workbook")
    return _record(0x204, where + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
