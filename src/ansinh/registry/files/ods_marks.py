# SPDX-License-Identifier: MPL-2.0
"""What values do not show in an OpenDocument spreadsheet: formulas, merged ranges, hidden rows.

Runs in the child, after the look at the bytes has refused every DTD.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ansinh.registry.files.cells import column_letter

CHUNK = 2**20
WIDEST = 60  # columns of a repeated cell that are looked at
MOST_REPEATED = 1_000  # rows; formatting repeats to the end of the sheet


@dataclass(slots=True)
class TableMarks:
    """The marks of one table; ranges are (top, left, bottom, right), rows from 1, columns from 0."""

    hidden: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class _Reader:
    """Follows the rows and cells of content.xml."""

    def __init__(self) -> None:
        self.tables: list[TableMarks] = []
        self.row, self.column, self.repeated = 0, 0, 1

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if name == "table:table":
            self.tables.append(TableMarks())
            self.row, self.repeated = 0, 1
        elif name == "table:table-row" and self.tables:
            self.row += 1
            self.column = 0
            self.repeated = int(attributes.get("table:number-rows-repeated", "1"))
            if attributes.get("table:visibility") in {"collapse", "filter"}:
                last = self.row + min(self.repeated, MOST_REPEATED)
                self.tables[-1].hidden += range(self.row, last)
        elif name in {"table:table-cell", "table:covered-table-cell"} and self.tables:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        table, many = self.tables[-1], int(attributes.get("table:number-columns-repeated", "1"))
        if "table:formula" in attributes:
            for column in range(self.column, self.column + min(many, WIDEST)):
                for row in range(self.row, self.row + min(self.repeated, MOST_REPEATED)):
                    table.formulas.append(f"{column_letter(column)}{row}")
        tall = int(attributes.get("table:number-rows-spanned", "1"))
        wide = int(attributes.get("table:number-columns-spanned", "1"))
        if tall > 1 or wide > 1:
            table.merged.append((self.row, self.column, self.row + tall - 1, self.column + wide - 1))
        self.column += many

    def end(self, name: str) -> None:
        """An element closes."""
        if name == "table:table-row":
            self.row += self.repeated - 1


def read(path: Path) -> list[TableMarks]:
    """The marks of each table in the order of the file. Raises `expat.ExpatError`."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    return reader.tables
