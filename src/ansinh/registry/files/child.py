# SPDX-License-Identifier: MPL-2.0
"""The parser, in a process of its own: `python -m ansinh.registry.files.child KIND PATH`.

Writes marshalled messages to standard output: one survey of the sheets, then, when a sheet's index
comes in on standard input, its rows in chunks. It has limits on memory, processor time and open
files, opens nothing but the file, and computes no formula and follows no link.
"""

from __future__ import annotations

import itertools
import marshal
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import IO, Any, BinaryIO

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from ansinh.registry.files import csv_text, ods_marks

MEMORY = 3 * 2**30
SECONDS = 300
HEAD_ROWS = 60
OUT_OF_MEMORY = 3
CHUNK = 5_000
MOST_ROWS = 1_100_000
MOST_CELLS = 22_000_000  # 20 columns of the most rows; the far corner of a sheet makes a billion
WIDEST = 60
PIECE = 8 * 2**20  # of a sheet's XML, looked through at once

_ROW = re.compile(rb"<row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="([0-9]+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ERROR = re.compile(
    rb'<c\b[^>]*\br="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>'
)
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b')
_STYLED = re.compile(rb'<c\b[^>]*\br="[A-Z]+([0-9]+)"[^>]*\bs="([0-9]+)"')
_FONT = re.compile(rb"<font\b[^>]*?(?:/>|>.*?</font>)", re.DOTALL)
_XF = re.compile(rb"<xf\b[^>]*>")
_FONT_ID = re.compile(rb'\bfontId="([0-9]+)"')
_COLUMN = re.compile(rb"<col\b[^>]*>")
_SPAN = re.compile(rb'\bm(in|ax)="([0-9]+)"')
_SHEET = re.compile(rb'<sheet\b[^>]*\br:id="([^"]+)"[^>]*>')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")


def limit() -> None:
    """Bound this process; what goes over is killed, and the server does not notice."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(value: Any) -> Any:
    """A cell as something that marshals: text, int, None, or a tagged pair for dates and
    fractions."""
    if isinstance(value, str):
        return value or None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return ("d", value.date().isoformat())
    if isinstance(value, date):
        return ("d", value.isoformat())
    if isinstance(value, clock_time | timedelta):
        return ("t", str(value))
    return int(value) if value == int(value) else ("n", repr(value))


class Output:
    """Marshalled messages on standard output."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def send(self, *message: Any) -> None:
        """Write one message at once."""
        marshal.dump(message, self.stream)
        self.stream.flush()

    def rows(self, rows: Iterable[tuple[int, list[Any]]]) -> None:
        """Write numbered rows in chunks, then the end."""
        iterator = iter(rows)
        while chunk := list(itertools.islice(iterator, CHUNK)):
            self.send("rows", chunk)
        self.send("end")


def struck_styles(archive: zipfile.ZipFile) -> set[int]:
    """The cell styles whose font is struck through."""
    try:
        styles = archive.read("xl/styles.xml")
    except KeyError:
        return set()
    fonts = styles.partition(b"<fonts")[2].partition(b"</fonts>")[0]
    struck = {
        place for place, font in enumerate(_FONT.findall(fonts))
        if b"<strike" in font and b'<strike val="0"' not in font
    }  # fmt: skip
    cells = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    return {
        place for place, xf in enumerate(_XF.findall(cells))
        if (found := _FONT_ID.search(xf)) and int(found[1]) in struck
    }  # fmt: skip


def sheet_paths(archive: zipfile.ZipFile) -> list[str]:
    """Where each sheet's XML lies, in the order of the workbook."""
    relations = {}
    for found in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        key = re.search(rb'\bId="([^"]+)"', found)
        target = re.search(rb'\bTarget="([^"]+)"', found)
        if key and target:
            relations[key[1]] = target[1].decode()
    paths = []
    for key_ in _SHEET.findall(archive.read("xl/workbook.xml")):
        target_ = relations.get(key_, "")
        paths.append(target_.lstrip("/") if target_.startswith("/") else f"xl/{target_}")
    return paths


def marks(path: Path, index: int) -> dict[str, Any]:
    """What values do not show, from the sheet's XML: hidden rows, formulas, errors, struck rows."""
    found: dict[str, Any] = {"hidden": [], "columns": [], "formulas": [], "errors": {}, "struck": []}
    with zipfile.ZipFile(path) as archive:
        struck = struck_styles(archive)
        paths = sheet_paths(archive)
        if index >= len(paths):
            return found
        with archive.open(paths[index]) as sheet:
            for place, xml in enumerate(whole_rows(sheet)):
                if place == 0:
                    found["columns"] = hidden_columns(xml[: xml.find(b"<sheetData")])
                look_at_marks(xml, struck, found)
    found["struck"] = list(dict.fromkeys(found["struck"]))
    return found


def whole_rows(sheet: IO[bytes]) -> Iterator[bytes]:
    """A sheet's XML in pieces that end before a row begins: a million rows never lie in memory."""
    rest = b""
    while piece := sheet.read(PIECE):
        piece = rest + piece
        cut = piece.rfind(b"<row")
        if cut <= 0:
            rest = piece
            continue
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def hidden_columns(head: bytes) -> list[int]:
    """The hidden columns, from 0, that the XML before the first row names."""
    columns: list[int] = []
    for column in _COLUMN.findall(head):
        span = {bytes(end): int(at) for end, at in _SPAN.findall(column)}
        if _HIDDEN.search(column) and len(span) == 2:
            columns += range(span[b"in"] - 1, min(span[b"ax"], WIDEST))
    return columns


def look_at_marks(xml: bytes, struck: set[int], found: dict[str, Any]) -> None:
    """Add what some whole rows of XML show; a piece without a mark is only searched for the mark's
    first letters, which is ten times as fast."""
    if b"hidden=" in xml:
        found["hidden"] += [
            int(number[1]) for row in _ROW.findall(xml)
            if _HIDDEN.search(row) and (number := _ROW_NUMBER.search(row))
        ]  # fmt: skip
    if b"<f" in xml:
        found["formulas"] += [each.decode() for each in _FORMULA.findall(xml)]
    if b't="e"' in xml:
        found["errors"].update({cell.decode(): text.decode() for cell, text in _ERROR.findall(xml)})
    if struck:
        found["struck"] += [int(each[1]) for each in _STYLED.finditer(xml) if int(each[2]) in struck]


def numbered(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """(row number, cells) of each row from the first of the sheet, one at a time."""
    left = [None] * (sheet.start[1] if sheet.start else 0)
    for place, row in enumerate(sheet.iter_rows(), 1):
        yield place, left + [plain(value) for value in row]


def workbook(kind: str, path: Path, output: Output) -> None:
    """Survey a workbook, then send the sheet that is asked for."""
    book = CalamineWorkbook.from_path(str(path))
    tables = ods_marks.read(path) if kind == "ods" else []
    survey = []
    largest: tuple[int, int, Any] = (-1, -1, None)  # rows, index, the sheet: most often the one asked for
    for place, about in enumerate(book.sheets_metadata):
        if about.visible != SheetVisibleEnum.Visible or "WorkSheet" not in str(about.typ):
            survey.append({"name": about.name, "hidden": True, "head": [], "rows": 0})
            continue
        sheet = book.get_sheet_by_index(place)
        most = min(MOST_ROWS, MOST_CELLS // max(sheet.total_width, 1))
        if sheet.total_height > most:
            output.send("refused", "FILE_TOO_MANY_ROWS", most)
            return
        if sheet.total_height > largest[0]:
            largest = (sheet.total_height, place, sheet)
        head = list(itertools.islice(numbered_head(sheet), HEAD_ROWS))
        merged = [
            (top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in itertools.islice(sheet.merged_cell_ranges or (), 20_000)
        ]
        if place < len(tables):
            merged = tables[place].merged[:20_000]
        survey.append(
            {"name": about.name, "hidden": False, "head": head, "rows": sheet.total_height, "merged": merged}
        )
    output.send("survey", survey)
    asked = sys.stdin.readline().strip()
    if not asked:
        return
    index = int(asked)
    if kind == "xlsx":
        output.send("marks", marks(path, index))
    elif index < len(tables):
        output.send("marks", {"hidden": tables[index].hidden, "formulas": tables[index].formulas})
    else:
        output.send("marks", {})
    output.rows(numbered(largest[2] if largest[1] == index else book.get_sheet_by_index(index)))


def numbered_head(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The first rows only, without building them all."""
    rows = sheet.to_python(skip_empty_area=False, nrows=HEAD_ROWS)
    for place, row in enumerate(rows, 1):
        yield place, [plain(value) for value in row]


def delimited(path: Path, output: Output) -> None:
    """Survey delimited text as one sheet, then send it."""
    try:
        text, encoding = csv_text.decode(path.read_bytes())
        found = [(line, [cell or None for cell in cells]) for line, cells in csv_text.rows(text)]
    except csv_text.NoEncodingError:
        output.send("refused", "FILE_ENCODING", None)
        return
    except csv_text.CutOffError:
        output.send("refused", "FILE_DAMAGED", None)
        return
    output.send("survey", [{"name": "", "hidden": False, "head": found[:HEAD_ROWS], "rows": len(found),
                            "merged": [], "encoding": encoding}])  # fmt: skip
    if sys.stdin.readline().strip():
        output.send("marks", {})
        output.rows(found)


def main() -> None:
    """Read the file named on the command line."""
    limit()
    kind, path = sys.argv[1], Path(sys.argv[2])
    output = Output(sys.stdout.buffer)
    try:
        if kind == "csv":
            delimited(path, output)
        else:
            workbook(kind, path, output)
    except BrokenPipeError:  # nobody reads any more
        return
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None


if __name__ == "__main__":
    main()
