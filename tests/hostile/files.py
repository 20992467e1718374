# SPDX-License-Identifier: MPL-2.0
"""Small builders of the files that offices (and attackers) send, and what becomes of one.

Everybody in them is invented: province code 000.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from ansinh.legislation.load import load
from ansinh.registry.files import headers
from ansinh.registry.files.check import Checked, check
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.files.rows import Context, Row
from ansinh.rules.months import Month

MONTH = Month(2024, 3)
LABELS = {
    "order": "STT", "name": "Họ và tên", "born": "Ngày, tháng, năm sinh", "sex": "Giới tính",
    "number": "Số CCCD", "hamlet": "Thôn, tổ dân phố", "category": "Mã chế độ",
    "decision_number": "Số quyết định", "decided_on": "Ngày quyết định", "amount": "Mức hưởng",
}  # fmt: skip
ACCOUNT_LABELS = {
    "order": "STT", "name": "Họ và tên", "born": "Ngày sinh", "number": "Số CCCD",
    "account": "Số tài khoản", "bank": "Ngân hàng", "holder": "Tên chủ tài khoản",
}  # fmt: skip
FIRST = 2  # the row of the first person below a header of one row


def number_of(at: int, *, year: int = 76, female: bool = True) -> str:
    """An invented citizen number: 000, century and sex, year, six digits."""
    return f"000{1 if female else 0}{year:02d}{at:06d}"


def person(at: int = 1, **other: Any) -> dict[str, Any]:
    """A row that is right in everything, but for `other`."""
    return {
        "order": at, "name": f"Nguyễn Thị {WORDS[at % 10]} {WORDS[at // 10 % 10]}",
        "born": "05/03/1976", "sex": "Nữ", "number": number_of(at), "hamlet": "Thôn 1", "category": "K6_N",
        "decision_number": f"{at}/QĐ-UBND", "decided_on": "10/01/2023", "amount": 540000, **other,
    }  # fmt: skip


WORDS = ("Hòa", "Lan", "Mai", "Cúc", "Đào", "Sen", "Thảo", "Hạnh", "Vân", "Yến")


def account(at: int = 1, **other: Any) -> dict[str, Any]:
    """A row of the list of accounts that is right in everything, but for `other`."""
    name = person(at)["name"]
    return {
        "order": at, "name": name, "born": "05/03/1976", "number": number_of(at),
        "account": f"42002050{at:05d}", "bank": "Agribank", "holder": name, **other,
    }  # fmt: skip


def table(people: Iterable[Mapping[str, Any]], labels: Mapping[str, str] = LABELS) -> list[list[Any]]:
    """A header and one row a person."""
    return [list(labels.values()), *([each.get(key) for key in labels] for each in people)]


def xlsx(
    rows: Sequence[Sequence[Any]], *, sheet: str = "Danh sách", options: dict[str, Any] | None = None,
    touch: Any = None,
) -> bytes:  # fmt: skip
    """A workbook with one sheet; `touch(book, page)` adds what a test needs."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, **(options or {})})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at, column, value, day)
            elif isinstance(value, str):
                page.write_string(at, column, value)
            elif value is not None:
                page.write(at, column, value)
    if touch:
        touch(book, page)
    book.close()
    return out.getvalue()


def csv(rows: Sequence[Sequence[Any]], *, separator: str = ",") -> str:
    """Delimited text, quoted where it must be."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        quoted = any(each in text for each in (separator, '"', "\n"))
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if quoted else text

    return "".join(separator.join(cell(value) for value in row) + "\r\n" for row in rows)


WORKBOOK = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"""
ROOT_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
SHEET_START = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def sheet_xml(rows: Sequence[Sequence[Any]]) -> str:
    """A worksheet with inline strings, as web exports write it."""
    parts = [SHEET_START]
    for at, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            address = f"{chr(ord('A') + column)}{at}"
            if isinstance(value, int):
                cells.append(f'<c r="{address}"><v>{value}</v></c>')
            elif value is not None:
                cells.append(f'<c r="{address}" t="inlineStr"><is><t>{escaped(str(value))}</t></is></c>')
        parts.append(f'<row r="{at}">{"".join(cells)}</row>')
    return "".join([*parts, SHEET_END])


def package(sheet: str | bytes, *, extra: Sequence[tuple[str | zipfile.ZipInfo, bytes]] = ()) -> bytes:
    """A workbook put together by hand around the XML of its one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in extra:
            archive.writestr(name, content)
    return out.getvalue()


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="Danh sách">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def ods_cell(value: Any, attributes: str = "") -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell {attributes} office:value-type="float" office:value="{value}"/>'
    return (
        f'<table:table-cell {attributes} office:value-type="string"><text:p>{escaped(str(value))}'
        "</text:p></table:table-cell>"
    )


def ods(rows: Sequence[Sequence[Any] | str]) -> bytes:
    """An OpenDocument spreadsheet; a row may be given as its XML."""
    xml = "".join(
        row if isinstance(row, str)
        else f"<table:table-row>{''.join(ods_cell(value) for value in row)}</table:table-row>"
        for row in rows
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", ODS_CONTENT.format(rows=xml))
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return out.getvalue()


SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file (MS-CFB): header, allocation table, directory, streams of 4,096 bytes or
    more."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    table: list[int] = [FAT, END]  # sector 0 holds the table, sector 1 the directory
    starts: dict[str, int] = {}
    for name, content in padded.items():
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        starts[name] = 2 + len(sectors)
        table += [*range(starts[name] + 1, starts[name] + len(pieces)), END]
        sectors += pieces
    assert len(table) <= SECTOR // 4, "one sector of the allocation table is enough for tests"
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    names = list(padded)
    for at, name in enumerate(names):
        right = at + 2 if at + 1 < len(names) else FREE
        entries.append(_entry(name, 2, starts[name], len(padded[name]), right=right))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        bytes(6), 0, 1, 1, 0, 4096, END, 0, END, 0,
    ) + struct.pack("<109I", 0, *[FREE] * 108)  # fmt: skip
    full = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    return header + full + directory + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, FREE, right, child, bytes(16), 0, 0, 0, start, size
    )


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """An Excel 97-2003 workbook (BIFF8) with labels and numbers."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 6))

    body = begin(0x10)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int):
                body += record(0x203, struct.pack("<HHHd", at, column, 0, value))
            elif value is not None:
                text = str(value).encode("utf-16-le")
                body += record(0x204, struct.pack("<HHHHB", at, column, 0, len(text) // 2, 1) + text)
    body += record(0x0A, b"")
    name = b"Sheet1"
    start = begin(5) + record(0x42, struct.pack("<H", 1200))
    bound = len(name) + 8 + 4
    place = len(start) + bound + 4
    start += record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name) + record(0x0A, b"")
    return compound({"Workbook": start + body})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the counts, and each row by its number."""

    done: Checked
    rows: dict[int, Row]

    def errors(self, row: int = FIRST) -> list[str]:
        """The codes that reject a row."""
        return [each.code for each in self.rows[row].errors]

    def doubts(self, row: int = FIRST) -> list[str]:
        """The codes that somebody has to decide."""
        return [each.code for each in self.rows[row].warnings]

    def sentence(self, row: int = FIRST) -> str:
        """The first error as the officer reads it."""
        return self.rows[row].errors[0].message("vi")

    def values(self, row: int = FIRST) -> dict[str, Any]:
        """What was read, after normalising."""
        return self.rows[row].values

    def raw(self, row: int = FIRST) -> dict[str, str]:
        """What the cells said."""
        return self.rows[row].raw

    def notices(self) -> list[str]:
        """The codes about the file as a whole."""
        return [each.code for each in self.done.notices]


def context(**other: Any) -> Context:
    """A commune's list of March 2024."""
    given: dict[str, Any] = {
        "unit_name": "Xã Cẩm Thanh", "unit_key": "cam thanh", "province": "49", "month": MONTH,
        "on": date(2024, 3, 20), "law": load(), "allow_invented": True, **other,
    }  # fmt: skip
    return Context(**given)


def judged(
    folder: Path, content: bytes | str, *, name: str = "danh sach.xlsx", form: str = "awards",
    mapping: headers.Mapping | None = None, within: Context | None = None,
) -> Outcome:  # fmt: skip
    """Read and judge a file as an import does. Raises a `FileRefused`."""
    path = folder / "sent"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    rows: dict[int, Row] = {}
    done = check(
        path, name=name, form=form, context=within or context(), mapping=mapping,
        sink=lambda chunk: rows.update({row.number: row for row in chunk}),
    )  # fmt: skip
    assert done.rows == done.accepted + done.rejected + done.skipped == len(rows)
    return Outcome(done, rows)


def refused(folder: Path, content: bytes | str, *, name: str = "danh sach.xlsx", form: str = "awards") -> str:
    """The code with which the whole file is refused; fails when it is not."""
    try:
        judged(folder, content, name=name, form=form)
    except FileRefused as said:
        assert said.vi
        assert said.en
        return said.code
    raise AssertionError(f"{name} was read")


def one(folder: Path, **other: Any) -> Outcome:
    """The outcome of a list with one person who is right in everything but for `other`."""
    return judged(folder, xlsx(table([person(**other)])))


def one_account(folder: Path, **other: Any) -> Outcome:
    """The same for the list of accounts."""
    return judged(folder, xlsx(table([account(**other)], ACCOUNT_LABELS)), form="accounts")
