# SPDX-License-Identifier: MPL-2.0
"""A sheet as PDF in the layout of NĐ 30/2020/NĐ-CP, and as a workbook."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import segno
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ansinh.approvals.models import Approval
from ansinh.payroll.models import Payroll
from ansinh.payroll.papers.offices import agencies, day_of, place_of, title_of_head
from ansinh.payroll.papers.pages import pages_of
from ansinh.payroll.papers.rows import HEAD, Sheet
from ansinh.places.models import Unit
from ansinh.rules.money import in_words_vi
from ansinh.rules.months import VIETNAM
from ansinh.ui import paper

LIST, VOUCHER = "payroll/paper/list.typ", "payroll/paper/voucher.typ"
MOST_TAGGED = 400  # rows; a longer list is read on the screen's own page
SHEET_NAME = "Danh sách"
FIRST_ROW = 3  # of the workbook's rows: title, what it is of, heads
TREASURY_SIDES = ("Kế toán", "Kế toán trưởng", "Giám đốc")


@dataclass(frozen=True, slots=True)
class Printed:
    """For which unit a paper is made, by whom and when."""

    unit: Unit
    by: str
    at: datetime


def _seal(payroll: Payroll) -> str:
    return bytes(payroll.content_sha256 or b"").hex()


def footer(*, payroll: Payroll, made: Sheet, printed: Printed) -> str:
    """Form, code, hash, who and when: what ties the paper to the record."""
    mark = _seal(payroll)
    form = f"{made.form}. " if made.form else ""
    when = printed.at.astimezone(VIETNAM)
    return f"{form}BC-{payroll.pk} · SHA-256 {mark[:16]}…{mark[-8:]} · {when:%H:%M %d/%m/%Y} {printed.by}"


def _approved(payroll: Payroll) -> list[str]:
    """Who approved exactly this content in the system."""
    found = Approval.objects.filter(
        submission_id=payroll.submission_id or 0, content_sha256=payroll.content_sha256
    )
    names = [
        f"{each.officer.full_name} ({each.at.astimezone(VIETNAM):%H:%M %d/%m/%Y})"
        for each in found.select_related("officer").order_by("at")
    ]
    if len(names) < 2:
        return ["Bản chưa được hai người duyệt trên hệ thống."]
    return [f"Đã duyệt trên hệ thống: {'; '.join(names)}."]


def _qr(payroll: Payroll) -> list[int]:
    """A small picture of the code and the hash, as the bytes of a PNG."""
    out = io.BytesIO()
    text = f"AN-SINH BC-{payroll.pk} {_seal(payroll)}"
    segno.make(text, error="m").save(out, kind="png", border=1, scale=4)
    return list(out.getvalue())


def _place_day(payroll: Payroll, unit: Unit) -> str:
    """Place and day; the day is written by hand on what is not locked yet."""
    on = day_of(payroll)
    if payroll.locked_at is None:
        return f"{place_of(unit)}, ngày …… tháng …… năm {on.year}"
    return f"{place_of(unit)}, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}"


def _words(made: Sheet) -> list[str]:
    if made.money is None:
        return [f"Danh sách có {len(made.rows)} người." if made.rows else "Không có ai."]
    return [f"Tổng số tiền bằng chữ: {in_words_vi(made.total_vnd)}."]


def as_pdf(*, payroll: Payroll, made: Sheet, printed: Printed) -> bytes:
    """The paper."""
    unit = payroll.unit if made.voucher else printed.unit  # a voucher is of who draws
    above, agency = agencies(payroll=payroll, unit=unit)
    head = title_of_head(payroll=payroll, unit=unit)
    columns = made.columns
    data: dict[str, Any] = {
        "head": {
            "agency_above": above, "agency": agency, "number": "", "title": made.title,
            "place_day": _place_day(payroll, unit), "subtitle": made.subtitle,
        },
        "landscape": made.landscape, "intro": made.intro, "form": made.form,
        "unit_of_money": made.unit_of_money and any(column.money for column in columns),
        "outro": [*_words(made), *made.outro, *_approved(payroll)],
        "sides": [{"title": head if title == HEAD else title} for title in made.signers],
        "treasury": list(TREASURY_SIDES) if made.treasury else [],
        "heads": [column.head for column in columns], "widths": [column.width for column in columns],
        "aligns": [column.side for column in columns],
        "parts": [asdict(page) for page in pages_of(made)],
        "qr": _qr(payroll), "code": footer(payroll=payroll, made=made, printed=printed),
        "voucher": asdict(made.voucher) if made.voucher else None,
    }  # fmt: skip
    template = VOUCHER if made.voucher else LIST
    return paper.pdf(template=template, data=data, tagged=len(made.rows) <= MOST_TAGGED)


def as_xlsx(*, payroll: Payroll, made: Sheet, printed: Printed) -> bytes:
    """The same rows as a workbook; text stays text, whatever it begins with."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        page = book.add_worksheet(SHEET_NAME)
        bold = book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 13})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center",
                                "valign": "vcenter", "font_name": "Times New Roman"})  # fmt: skip
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top",
                                "font_name": "Times New Roman"})  # fmt: skip
        money = book.add_format({"border": 1, "num_format": "#,##0", "font_name": "Times New Roman"})
        page.write_string(0, 0, f"{printed.unit.name}. {made.title}", bold)
        page.write_string(1, 0, made.subtitle)
        for at, column in enumerate(made.columns):
            page.write_string(FIRST_ROW - 1, at, column.head, head)
            page.set_column(at, at, column.width * 2.4)
        for down, row in enumerate(made.rows, FIRST_ROW):
            for at, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(down, at, value, money if made.columns[at].money else cell)
                else:
                    page.write_string(down, at, value, cell)
        end = FIRST_ROW + len(made.rows)
        if made.money is not None:
            page.write_string(end, 1 if made.money > 1 else 0, "Cộng", head)
            page.write_number(end, made.money, made.total_vnd, money)
        foot = [*_words(made), *made.outro, *_approved(payroll)]
        for down, line in enumerate([*foot, footer(payroll=payroll, made=made, printed=printed)], end + 2):
            page.write_string(down, 0, line)
        _print_setup(page, made, end)
    return out.getvalue()


def _print_setup(page: Worksheet, made: Sheet, end: int) -> None:
    page.freeze_panes(FIRST_ROW, 0)
    page.autofilter(FIRST_ROW - 1, 0, max(end - 1, FIRST_ROW - 1), len(made.columns) - 1)
    page.repeat_rows(FIRST_ROW - 1)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&CTrang &P/&N")
    if made.landscape:
        page.set_landscape()
