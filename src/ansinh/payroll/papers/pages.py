# SPDX-License-Identifier: MPL-2.0
"""Which rows stand on which page: a page's sum and the sum so far can only be written when that is
known before the paper is set.

The height of a row is reckoned from the widths of its letters (the metrics of Times, which Tinos has),
a little on the safe side: a page may end short, it never runs over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ansinh.payroll.papers.rows import Cell, Column, Sheet
from ansinh.rules.money import format_vnd

# All lengths in hundredths of a point. The table's letters, room around them, between lines, capitals:
SIZE, INSET, LEADING, CAPS = 1_000, 350, 400, 680
SAFE = 106  # per cent: letters reckoned a little wider than they are
A4 = {True: (71_430, 48_180), False: (46_770, 72_850)}  # inside NĐ 30/2020's margins: lying, standing
HEAD = 10_000  # state name, agency, title
LINE = 1_900  # a line around the table
SIGNED = 15_000  # the sum in words and the signatures
TREASURY = 12_500  # what the State Treasury signs below
KEPT_WITH_SIGNATURES = 3  # rows that go along when the signatures need a page of their own
_WIDE = {
    "I": 333, "J": 389, "M": 889, "W": 944, "Đ": 722, "m": 778, "w": 722, "i": 278, "j": 278, "l": 278,
    "t": 278, "f": 333, "r": 333, "a": 444, "c": 444, "e": 444, "z": 444, "s": 389, " ": 250, ".": 250,
    ",": 250, ":": 278, ";": 278, "/": 278, "-": 333, "(": 333, ")": 333, "•": 350, "'": 180, "|": 200,
    "F": 556, "P": 556, "S": 556, "E": 611, "L": 611, "T": 611, "Z": 611, "B": 667, "C": 667, "R": 667,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page (a row of one cell runs across the table), and the sums at its foot."""

    rows: list[list[str]]
    sums: list[list[str]]


def _letter(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDE:
        return _WIDE[base]
    return 722 if base.isupper() else 500


@lru_cache(maxsize=20_000)
def _wide(word: str) -> int:
    return sum(_letter(letter) for letter in word) * SIZE * SAFE // 100_000


@lru_cache(maxsize=50_000)
def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, left = lines + 1, width
        for word in paragraph.split(" "):
            wide = _wide(word)
            if wide > left and left < width:
                lines, left = lines + 1, width
            while wide > width:  # a word that no line holds is broken
                lines, wide = lines + 1, wide - width
            left -= wide + _wide(" ")
    return lines


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    most = max((lines_of(text, width) for text, width in zip(cells, widths, strict=True)), default=1)
    return 2 * INSET + most * CAPS + (most - 1) * LEADING + 50


def shown(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """The cells of a row as they are printed."""
    return [
        format_vnd(int(cell), unit=False) if column.money else str(cell)
        for cell, column in zip(row, columns, strict=True)
    ]


def _widths(made: Sheet) -> list[int]:
    whole = sum(column.width for column in made.columns)
    room = A4[made.landscape][0]
    return [room * column.width // whole - 2 * INSET for column in made.columns]


def _sums(made: Sheet, rows: list[list[Cell]], so_far: int, *, only: bool, last: bool) -> list[list[str]]:
    """The page's sum and the sum so far; on the last page that is the total."""
    if made.money is None:
        return []
    of_page = sum(int(row[made.money]) for row in rows)
    said = [] if only else [("Cộng trang", of_page)]
    said.append(("Tổng cộng" if last else "Cộng dồn", so_far + of_page))
    found = []
    for label, vnd in said:
        cells = [""] * len(made.columns)
        cells[1 if made.money > 1 else 0], cells[made.money] = label, format_vnd(vnd, unit=False)
        found.append(cells)
    return found


def _group_sum(made: Sheet, at: int) -> str:
    """The line of a group: its label and, where amounts add up, its sum."""
    begin, label = made.groups[at]
    end = made.groups[at + 1][0] if at + 1 < len(made.groups) else len(made.rows)
    if made.money is None:
        return label
    vnd = sum(int(row[made.money]) for row in made.rows[begin:end])
    return f"{label}: {end - begin} dòng, {format_vnd(vnd)}"


def pages_of(made: Sheet) -> list[Page]:
    """The rows page by page."""
    widths = _widths(made)
    heads = _height([column.head for column in made.columns], widths) + 400
    one_line = _height(["x"], [10_000])
    room = A4[made.landscape][1] - heads - (0 if made.money is None else 2 * one_line)
    first = room - HEAD - LINE * (len(made.intro) + (1 if made.unit_of_money else 0))
    labels = {begin: _group_sum(made, at) for at, (begin, _label) in enumerate(made.groups)}
    cut, used, limit = [0], 0, first
    for at, row in enumerate(made.rows):
        tall = _height(shown(row, made.columns), widths) + (one_line if at in labels else 0)
        if used + tall > limit and at > cut[-1]:
            cut.append(at)
            used, limit = 0, room
        used += tall
    signed = SIGNED + LINE * len(made.outro) + (TREASURY if made.treasury else 0)
    if used + signed > limit and len(made.rows) - cut[-1] > KEPT_WITH_SIGNATURES:
        cut.append(len(made.rows) - KEPT_WITH_SIGNATURES)
    found, so_far = [], 0
    for begin, end in zip(cut, [*cut[1:], len(made.rows)], strict=True):
        rows = made.rows[begin:end]
        cells: list[list[str]] = []
        for at, row in enumerate(rows, begin):
            if at in labels:
                cells.append([labels[at]])
            cells.append(shown(row, made.columns))
        only, last = len(cut) == 1, end == len(made.rows)
        found.append(Page(cells, _sums(made, rows, so_far, only=only, last=last)))
        so_far += 0 if made.money is None else sum(int(row[made.money]) for row in rows)
    return found
