# SPDX-License-Identifier: MPL-2.0
"""A list as the bytes that arrive: .xlsx, .xls, .ods, delimited text in four encodings."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from ansinh.demo.lists import xls
from ansinh.demo.lists.cells import Cell, Formula, SheetPlan
from ansinh.demo.lists.legacy import to_windows_1258
from ansinh.demo.lists.table import ListFile

_MADE = (1980, 1, 1, 0, 0, 0)  # archives of one seed are equal to the byte


def write(made: ListFile, folder: Path) -> Path:
    """Write the file and, beside it, its truth as JSON; returns the file's path."""
    path = folder / made.truth.file
    if made.layout.kind == "xlsx":
        _xlsx(made, path)
    elif made.layout.kind == "ods":
        path.write_bytes(_ods(made.sheets))
    elif made.layout.kind == "xls":
        path.write_bytes(xls.workbook(made.sheets))
    else:
        path.write_bytes(_csv(made))
    truth = json.dumps(made.truth.payload(), ensure_ascii=False, indent=1)
    path.with_name(f"{path.name}.truth.json").write_text(truth, encoding="utf-8")
    return path


def _xlsx(made: ListFile, path: Path) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2024, 3, 1)})  # noqa: DTZ001 - the format knows no zone
    formats: dict[tuple[str, bool, bool], Any] = {}

    def style(font: str, *, day: bool, struck: bool) -> Any:
        key = (font, day, struck)
        if key not in formats:
            formats[key] = book.add_format({"font_name": font, "font_size": 12, "font_strikeout": struck})
            if day:
                formats[key].set_num_format("dd/mm/yyyy")
        return formats[key]

    for plan in made.sheets:
        page = book.add_worksheet(plan.name)
        if plan.hidden:
            page.hide()
        covered = _merge(page, plan, style(plan.font, day=False, struck=False))
        for at, row in enumerate(plan.rows):
            struck = at in plan.struck_rows
            if at in plan.hidden_rows:
                page.set_row(at, None, None, {"hidden": True})
            for column, cell in enumerate(row):
                if cell is not None and (at, column) not in covered:
                    look = style(plan.font, day=isinstance(cell, date), struck=struck)
                    _write_cell(page, at, column, cell, look)
        page.set_column(1, 1, 26)
    book.close()


def _merge(page: Any, plan: SheetPlan, look: Any) -> set[tuple[int, int]]:
    """Merge the ranges with the value of their first cell; returns the cells that are done with."""
    done = set()
    for top, left, bottom, right in plan.merged:
        value = plan.rows[top][left]
        page.merge_range(top, left, bottom, right, value if value is not None else "", look)
        done |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return done


def _write_cell(page: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, look)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, look)
    elif isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, look, cell.value)
    else:
        page.write_number(row, column, cell, look)


def _csv(made: ListFile) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=made.layout.separator, lineterminator="\r\n")
    for row in made.sheets[0].rows:
        writer.writerow([_as_text(cell) for cell in row])
    if made.layout.encoding == "windows-1258":
        return to_windows_1258(out.getvalue())
    return out.getvalue().encode(made.layout.encoding)


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def _ods(sheets: list[SheetPlan]) -> bytes:
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = zipfile.ZipInfo("mimetype", _MADE)
        archive.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        for name, text in (
            ("META-INF/manifest.xml", _MANIFEST),
            ("content.xml", _CONTENT.format(tables=tables)),
        ):
            archive.writestr(zipfile.ZipInfo(name, _MADE), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_table(sheet: SheetPlan) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    covered = {
        (row, column) for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1) for column in range(left, right + 1)
    } - set(spans)  # fmt: skip
    rows = []
    for at, row in enumerate(sheet.rows):
        cells = [
            "<table:covered-table-cell/>" if (at, column) in covered
            else _ods_cell(cell, spans.get((at, column)))
            for column, cell in enumerate(row)
        ]  # fmt: skip
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    merged = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    if cell is None:
        return f"<table:table-cell{merged}/>"
    if isinstance(cell, date):
        shown = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int):
        shown = f'office:value-type="float" office:value="{cell}"'
    else:
        shown = 'office:value-type="string"'
    return f"<table:table-cell {shown}{merged}><text:p>{escape(_as_text(cell))}</text:p></table:table-cell>"
