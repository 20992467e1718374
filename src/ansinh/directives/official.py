# SPDX-License-Identifier: MPL-2.0
"""Official papers of steering in three formats that say the same: PDF, an editable .docx, .xlsx.

NĐ 30/2020/NĐ-CP, Phụ lục I: state name and motto, agency, number, place and day, title, body, signature.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph
from xlsxwriter.worksheet import Worksheet

from ansinh.rules.refusals import Refusal
from ansinh.ui import paper

Cell = str | int
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
MOST_ON_PAPER = 2_000  # a longer list takes minutes as a document: it is a workbook, or one a hamlet
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Head:
    """Who says it, under which number, where and when, and what it is called."""

    agency_above: str
    agency: str
    number: str
    place: str
    on: date
    title: str
    subtitle: str = ""

    @property
    def place_day(self) -> str:
        """`Quảng Nam, ngày 29 tháng 02 năm 2024`."""
        return f"{self.place}, ngày {self.on:%d} tháng {self.on:%m} năm {self.on:%Y}"

    def payload(self) -> dict[str, str]:
        """As the paper layout takes it."""
        return {
            "agency_above": self.agency_above, "agency": self.agency, "number": self.number,
            "place_day": self.place_day, "title": self.title, "subtitle": self.subtitle,
        }  # fmt: skip


class ReportTooLong(Refusal):
    """More rows than one paper holds; fields: rows, most."""

    code = "REPORT_TOO_LONG"


@dataclass(frozen=True, slots=True)
class Report:
    """A table with its head, what stands before and after it, and who signs. `form` names the official
    form that was followed; `total` is the bold last row; `receivers` are who gets the paper."""

    head: Head
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    intro: Sequence[str] = ()
    outro: Sequence[str] = ()
    signers: Sequence[str] = ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ")
    code: str = ""
    landscape: bool = False
    form: str = ""
    total: Sequence[Cell] = ()
    receivers: Sequence[str] = ()

    @property
    def numeric(self) -> list[bool]:
        """Which columns hold numbers: they stand right."""
        given = [*self.rows, self.total] if self.total else list(self.rows)
        return [any(isinstance(row[at], int) for row in given) for at in range(len(self.heads))]

    def table(self) -> list[Sequence[Cell]]:
        """The rows with the total under them."""
        return [*self.rows, self.total] if self.total else list(self.rows)


@dataclass(frozen=True, slots=True)
class Words:
    """A paper of sections: a plan."""

    head: Head
    sections: Sequence[tuple[str, str]]
    signer_title: str
    signer: str
    code: str = ""
    receivers: Sequence[str] = field(default_factory=tuple)


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}".replace(",", ".")


def _within(report: Report) -> Report:
    if len(report.rows) > MOST_ON_PAPER:
        raise ReportTooLong(rows=len(report.rows), most=MOST_ON_PAPER)
    return report


def report_pdf(report: Report) -> bytes:
    """The report as a paper. Raises `ReportTooLong`."""
    _within(report)
    return paper.pdf(
        template="directives/paper/report.typ",
        data={
            "head": report.head.payload(), "code": report.code, "landscape": report.landscape,
            "form": report.form, "receivers": list(report.receivers), "numeric": report.numeric,
            "intro": list(report.intro), "outro": list(report.outro), "heads": list(report.heads),
            "rows": [[_shown(cell) for cell in row] for row in report.rows], "widths": list(report.widths),
            "total": [_shown(cell) for cell in report.total],
            "sides": [{"title": title} for title in report.signers],
        },
    )  # fmt: skip


def words_pdf(words: Words) -> bytes:
    """The plan as a paper."""
    return paper.pdf(
        template="directives/paper/plan.typ",
        data={
            "head": words.head.payload(), "code": words.code,
            "sections": [[heading, text.split("\n")] for heading, text in words.sections],
            "sides": [{"title": words.signer_title or "THỦ TRƯỞNG", "name": words.signer}],
        },
    )  # fmt: skip


def _line(
    target: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: int = 13,
    middle: bool = False,
) -> None:  # fmt: skip
    run = target.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if middle:
        target.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _begun(head: Head, *, landscape: bool = False) -> Word:
    """A document with the margins, the font and the head of the decree."""
    made = Document()
    section = made.sections[0]
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(13)
    top = made.add_table(rows=2, cols=2)
    left, right = top.rows[0].cells
    _line(left.paragraphs[0], head.agency_above.upper(), size=12, middle=True)
    _line(left.add_paragraph(), head.agency.upper(), bold=True, size=12, middle=True)
    _line(right.paragraphs[0], STATE, bold=True, size=12, middle=True)
    _line(right.add_paragraph(), MOTTO, bold=True, middle=True)
    left, right = top.rows[1].cells
    _line(left.paragraphs[0], f"Số: {head.number}", middle=True)
    _line(right.paragraphs[0], head.place_day, italic=True, middle=True)
    _line(made.add_paragraph(), head.title.upper(), bold=True, size=14, middle=True)
    if head.subtitle:
        _line(made.add_paragraph(), head.subtitle, bold=True, middle=True)
    return made


def _signed(made: Word, titles: Sequence[str], names: Sequence[str]) -> None:
    table = made.add_table(rows=1, cols=len(titles))
    for cell, title, name in zip(table.rows[0].cells, titles, names, strict=True):
        _line(cell.paragraphs[0], title.upper(), bold=True, middle=True)
        _line(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", italic=True, size=12, middle=True)
        _line(cell.add_paragraph(), f"\n\n\n{name}", bold=True, middle=True)


def _bytes(made: Word) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _repeats(row: Any) -> None:
    """A row of heads that stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _widths(made: Word, report: Report) -> list[int]:
    """The columns' widths in EMU: the page between its margins, shared by weight."""
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    return [room * each // sum(report.widths) for each in report.widths]


def report_docx(report: Report) -> bytes:
    """The report as an editable document. Raises `ReportTooLong`."""
    made = _begun(_within(report).head, landscape=report.landscape)
    if report.form:
        _line(made.add_paragraph(), report.form, italic=True, size=11)
        made.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in report.intro:
        made.add_paragraph(text)
    rows, columns = report.table(), len(report.heads)
    table = made.add_table(rows=1 + len(rows), cols=columns, style="Table Grid")
    table.autofit = False
    cells, widths = table._cells, _widths(made, report)  # one walk: `row.cells` walks the table each time
    for at, (text, width) in enumerate(zip(report.heads, widths, strict=True)):
        cells[at].width = table.columns[at].width = Emu(width)
        _line(cells[at].paragraphs[0], text, bold=True, size=11, middle=True)
    _repeats(table.rows[0])
    for line, row in enumerate(rows, 1):
        last = bool(report.total) and line == len(rows)
        for at, value in enumerate(row):
            cell = cells[line * columns + at]
            cell.width = Emu(widths[at])
            _line(cell.paragraphs[0], _shown(value), bold=last, size=11)
            if isinstance(value, int):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in report.outro:
        made.add_paragraph(text)
    _signed(made, report.signers, [""] * len(report.signers))
    if report.receivers:
        _line(made.add_paragraph(), "Nơi nhận:", bold=True, italic=True, size=12)
        for text in report.receivers:
            _line(made.add_paragraph(), f"- {text}", size=11)
    return _bytes(made)


def words_docx(words: Words) -> bytes:
    """The plan as an editable document."""
    made = _begun(words.head)
    for heading, text in words.sections:
        _line(made.add_paragraph(), heading, bold=True)
        for each in text.split("\n"):
            made.add_paragraph(each).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _signed(made, [words.signer_title or "THỦ TRƯỞNG"], [words.signer])
    return _bytes(made)


def report_xlsx(report: Report) -> bytes:
    """The report as a workbook that prints on A4; numbers stay numbers, no cell is ever a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Báo cáo")
    for column, width in enumerate(report.widths):
        sheet.set_column(column, column, CHARACTERS * width)
    at = _sheet_head(book, sheet, report)
    at = _sheet_table(book, sheet, report, at)
    _sheet_foot(book, sheet, report, at)
    sheet.set_paper(9)
    sheet.set_margins(left=0.8, right=0.5, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8{report.code}&R&8Trang &P/&N")
    if report.landscape:
        sheet.set_landscape()
    book.close()
    return out.getvalue()


CHARACTERS, LINE = 5, 17  # letters to a unit of width; points to a line
_FONT = {"font_name": "Times New Roman", "font_size": 12}


def _sheet_head(book: xlsxwriter.Workbook, sheet: Worksheet, report: Report) -> int:
    """State name, agency, number, place, title; returns the row after them."""
    last = max(1, len(report.heads) - 1)
    middle = _split(report.widths)
    centred = {**_FONT, "align": "center"}
    strong = book.add_format({**centred, "bold": True})
    plain = book.add_format(centred)
    italic = book.add_format({**centred, "italic": True})
    title = book.add_format({**centred, "bold": True, "font_size": 14, "text_wrap": True})
    head = report.head
    for row, (left, left_form, right, right_form) in enumerate((
        (head.agency_above.upper(), plain, STATE, strong),
        (head.agency.upper(), strong, MOTTO, strong),
        (f"Số: {head.number}", plain, head.place_day, italic),
    )):  # fmt: skip
        _across(sheet, row, 0, middle, left, left_form)
        _across(sheet, row, middle + 1, last, right, right_form)
    at = 4
    if report.form:
        right_side = book.add_format({**_FONT, "italic": True, "align": "right"})
        _across(sheet, 3, 0, last, report.form, right_side)
    for text in (head.title.upper(), head.subtitle):
        if text:
            _across(sheet, at, 0, last, text, title)
            at += 1
    text_form = book.add_format({**_FONT, "text_wrap": True})
    for line in report.intro:
        _across(sheet, at, 0, last, line, text_form)
        at += 1
    return at


def _split(widths: Sequence[int]) -> int:
    """The last column of the left half: where the agency ends and the state's name begins."""
    passed = 0
    for column, width in enumerate(widths[:-1]):
        passed += width
        if passed * 5 >= sum(widths) * 2:
            return column
    return max(0, len(widths) - 2)


def _across(sheet: Worksheet, row: int, first: int, last: int, text: str, form: Any) -> None:
    if first < last:
        sheet.merge_range(row, first, row, last, "", form)
    sheet.write_string(row, first, text, form)


def _lines(text: str, width: int) -> int:
    """How many lines a head takes in its column: bold letters, about one to a unit of width."""
    return -(-len(text) // max(1, CHARACTERS * width - 1))


def _sheet_table(book: xlsxwriter.Workbook, sheet: Worksheet, report: Report, at: int) -> int:
    cell = {**_FONT, "border": 1, "valign": "top"}
    head = book.add_format({**cell, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"})
    texts = [
        book.add_format({**cell, "text_wrap": True, "indent": 1, "bold": bold}) for bold in (False, True)
    ]
    numbers = [book.add_format({**cell, "num_format": "#,##0", "bold": bold}) for bold in (False, True)]
    for column, name in enumerate(report.heads):
        sheet.write_string(at, column, name, head)
    lines = [_lines(name, width) for name, width in zip(report.heads, report.widths, strict=True)]
    sheet.set_row(at, LINE * max(lines))
    sheet.repeat_rows(at)
    rows = report.table()
    for line, row in enumerate(rows, 1):
        bold = bool(report.total) and line == len(rows)
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at + line, column, value, numbers[bold])
            else:
                sheet.write_string(at + line, column, value, texts[bold])
    return at + len(rows) + 1


def _sheet_foot(book: xlsxwriter.Workbook, sheet: Worksheet, report: Report, at: int) -> None:
    last = max(1, len(report.heads) - 1)
    text_form = book.add_format({**_FONT, "text_wrap": True})
    for line in report.outro:
        _across(sheet, at, 0, last, line, text_form)
        at += 1
    strong = book.add_format({**_FONT, "bold": True, "align": "center"})
    note = book.add_format({**_FONT, "italic": True, "align": "center"})
    many = len(report.signers)
    for place, name in enumerate(report.signers):
        first = place * (last + 1) // many
        until = max(first, (place + 1) * (last + 1) // many - 1)
        _across(sheet, at + 1, first, until, name.upper(), strong)
        _across(sheet, at + 2, first, until, "(Ký, ghi rõ họ tên)", note)
    for below, text in enumerate(("Nơi nhận:", *(f"- {each}" for each in report.receivers))):
        if report.receivers:
            sheet.write_string(at + 7 + below, 0, text, book.add_format({**_FONT, "italic": below == 0}))


REPORTS = {"pdf": report_pdf, "docx": report_docx, "xlsx": report_xlsx}
WORDS = {"pdf": words_pdf, "docx": words_docx}
