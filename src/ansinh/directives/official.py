# SPDX-License-Identifier: MPL-2.0
"""Official papers of steering in three formats that say the same: PDF, an editable .docx, .xlsx.

NĐ 30/2020/NĐ-CP, Phụ lục I: state name and motto, agency, number, place and day, title, body, signature.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ansinh.ui import paper

Cell = str | int
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
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


@dataclass(frozen=True, slots=True)
class Report:
    """A table with its head, what stands before and after it, and who signs."""

    head: Head
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    intro: Sequence[str] = ()
    outro: Sequence[str] = ()
    signers: Sequence[str] = ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ")
    code: str = ""
    landscape: bool = False


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


def report_pdf(report: Report) -> bytes:
    """The report as a paper."""
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": report.head.payload(), "code": report.code, "landscape": report.landscape,
            "intro": list(report.intro), "outro": list(report.outro), "heads": list(report.heads),
            "rows": [[_shown(cell) for cell in row] for row in report.rows], "widths": list(report.widths),
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


def report_docx(report: Report) -> bytes:
    """The report as an editable document."""
    made = _begun(report.head, landscape=report.landscape)
    for text in report.intro:
        made.add_paragraph(text)
    table = made.add_table(rows=1, cols=len(report.heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, report.heads, strict=True):
        _line(cell.paragraphs[0], text, bold=True, size=11, middle=True)
    for row in report.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _line(cell.paragraphs[0], _shown(value), size=11)
            if isinstance(value, int):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in report.outro:
        made.add_paragraph(text)
    _signed(made, report.signers, [""] * len(report.signers))
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
    """The report as a workbook that prints on A4; numbers stay numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Báo cáo")
    plain = {"font_name": "Times New Roman", "font_size": 12}
    bold = book.add_format({**plain, "bold": True})
    title = book.add_format({**plain, "bold": True, "font_size": 14, "align": "center"})
    head = book.add_format({**plain, "bold": True, "border": 1, "text_wrap": True, "align": "center"})
    text = book.add_format({**plain, "border": 1, "text_wrap": True})
    number = book.add_format({**plain, "border": 1, "num_format": "#,##0"})
    last = len(report.heads) - 1
    sheet.write_string(0, 0, report.head.agency_above.upper(), bold)
    sheet.write_string(1, 0, report.head.agency.upper(), bold)
    sheet.write_string(0, max(1, last - 1), STATE, bold)
    sheet.write_string(1, max(1, last - 1), MOTTO, bold)
    sheet.write_string(2, 0, f"Số: {report.head.number}")
    sheet.write_string(2, max(1, last - 1), report.head.place_day)
    sheet.merge_range(3, 0, 3, max(1, last), report.head.title.upper(), title)
    sheet.merge_range(4, 0, 4, max(1, last), report.head.subtitle, title)
    at = 5
    for line in report.intro:
        sheet.write_string(at, 0, line)
        at += 1
    for column, name in enumerate(report.heads):
        sheet.write_string(at, column, name, head)
        sheet.set_column(column, column, 6 * report.widths[column])
    sheet.repeat_rows(at)
    for row in report.rows:
        at += 1
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, value, text)
    for line in report.outro:
        at += 1
        sheet.write_string(at, 0, line)
    for place, name in enumerate(report.signers):
        sheet.write_string(at + 2, min(last, place * max(1, last)), name, bold)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if report.landscape:
        sheet.set_landscape()
    book.close()
    return out.getvalue()


REPORTS = {"pdf": report_pdf, "docx": report_docx, "xlsx": report_xlsx}
WORDS = {"pdf": words_pdf, "docx": words_docx}
