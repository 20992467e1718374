# SPDX-License-Identifier: MPL-2.0
"""What a cell of an invented file can hold, and a sheet as it will be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula and the value that the spreadsheet keeps of it."""

    text: str
    value: int | str


Cell = str | int | date | Formula | None


@dataclass(slots=True)
class SheetPlan:
    """A sheet: its cells, ranges that are merged (top, left, bottom, right; from 0), rows that are
    hidden or struck through (from 0)."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    font: str = "Times New Roman"

    def add(self, cells: list[Cell]) -> int:
        """Add a row; returns its number from 1, as officers see it."""
        self.rows.append(cells)
        return len(self.rows)
