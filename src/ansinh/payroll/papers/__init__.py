# SPDX-License-Identifier: MPL-2.0
"""The lists and forms of a payroll: one sheet of rows from one query, printed as PDF or written as
.xlsx, so that the figures agree."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import segno
import xlsxwriter
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load
from ansinh.payroll.labels import CHANNELS, DIFFERENCES, KINDS, REASONS, said_evidence
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.queries import LineFilter, differences, lines, names_of
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, signing_title_on
from ansinh.registry.labels import badge
from ansinh.rules.money import format_vnd, in_words_vi
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.ui import paper
from ansinh.vault.sealing import open_sealed

FIRST_PAGE, PAGE_ROWS = 11, 17  # rows that surely fit a landscape page in 10 pt
MOST_ROWS = 5_000  # a longer list is printed by hamlet
NEW_TREASURY_FORMS = 2026  # budget year: NĐ 347/2025/NĐ-CP; before it NĐ 11/2020/NĐ-CP
ACCOUNT = "payees_account.number"
TEMPLATE = "payroll/paper/list.typ"


class TooLong(Refusal):
    """More rows than one paper holds; fields: rows, most."""

    code = "PAYROLL_PAPER_TOO_LONG"


@dataclass(slots=True)
class Sheet:
    """One list: its title, columns (label, width, "l" or "r"), rows, and which column is money."""

    title: str
    subtitle: str
    columns: list[tuple[str, int, str]]
    rows: list[list[str | int]] = field(default_factory=list)
    money: int | None = None
    form: str = ""
    signers: tuple[str, ...] = ("Người lập", "Kế toán trưởng", "Thủ trưởng đơn vị")
    intro: list[str] = field(default_factory=list)
    opens_accounts: bool = False

    @property
    def total_vnd(self) -> int:
        """The sum of the money column."""
        return 0 if self.money is None else sum(int(row[self.money]) for row in self.rows)


def sheet(*, payroll: Payroll, form: str, wanted: LineFilter) -> Sheet:
    """The rows of a form (`FORMS`) for a filter. Raises `TooLong`."""
    made = FORMS[form].make(payroll, wanted)
    if len(made.rows) > MOST_ROWS:
        raise TooLong(rows=len(made.rows), most=MOST_ROWS)
    return made


def _payable(payroll: Payroll, wanted: LineFilter) -> list[Line]:
    return list(lines(payroll=payroll, wanted=LineFilter(wanted.commune, wanted.hamlet, wanted.channel,
                                                         wanted.kind, "none"))[: MOST_ROWS + 1])  # fmt: skip


def _of(payroll: Payroll) -> str:
    return f"{Month.of(payroll.period).vi.capitalize()}"


def _where(line: Line) -> str:
    masked = f" ••••{line.account_last4}" if line.account_last4 else ""
    return f"{CHANNELS.get(line.channel, line.channel)}{' ' + line.bank if line.bank else ''}{masked}"


def _pay_list(payroll: Payroll, wanted: LineFilter) -> Sheet:
    made = Sheet(
        "Danh sách chi trả", _of(payroll),
        [("STT", 2, "r"), ("Họ và tên", 9, "l"), ("Định danh", 4, "l"), ("Thôn", 5, "l"), ("Chế độ", 6, "l"),
         ("Của tháng", 4, "l"), ("Số tiền (đồng)", 5, "r"), ("Người nhận", 8, "l"), ("Nơi nhận", 8, "l"),
         ("Ký nhận", 5, "l")], money=6,
    )  # fmt: skip
    for place, line in enumerate(_payable(payroll, wanted), 1):
        kind = "" if line.kind == "current" else f" ({KINDS[line.kind]})"
        number = f"••••{line.number_last4}" if line.number_last4 else ""
        month, code = Month.of(line.benefit_month), badge(line.code, open_grounds=False)
        made.rows.append([
            place, line.person_name, number, line.hamlet, f"{code}{kind}", f"{month.month}/{month.year}",
            line.amount_vnd, line.payee_name if line.payee_kind != "self" else "", _where(line), "",
        ])  # fmt: skip
    return made


def _posting(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Public: neutral labels, no number, no account, no amount (bad-inputs.md; security.md)."""
    law = load()
    made = Sheet(
        "Danh sách niêm yết công khai", f"Người được chi trả {_of(payroll).lower()}",
        [("STT", 1, "r"), ("Họ và tên", 6, "l"), ("Thôn", 4, "l"), ("Nhóm chính sách", 6, "l")],
        signers=("Người lập", "Thủ trưởng đơn vị"),
    )  # fmt: skip
    seen: set[tuple[int, str]] = set()
    for line in _payable(payroll, wanted):
        label = law.categories[line.code].public_label
        if (line.person_id, label) not in seen:
            seen.add((line.person_id, label))
            made.rows.append([len(seen), line.person_name, line.hamlet, label])
    return made


def _changes(payroll: Payroll, wanted: LineFilter) -> Sheet:
    made = Sheet(
        "Danh sách tăng, giảm, thay đổi", f"{_of(payroll)} so với tháng trước",
        [("STT", 2, "r"), ("Họ và tên", 8, "l"), ("Thay đổi", 4, "l"), ("Trước (đồng)", 5, "r"),
         ("Nay (đồng)", 5, "r"), ("Lý do, căn cứ", 12, "l")], money=4,
    )  # fmt: skip
    rows = list(differences(payroll=payroll, commune=wanted.commune)[: MOST_ROWS + 1])
    names = names_of(person_ids=(row.person_id for row in rows))
    for place, row in enumerate(rows, 1):
        why = f"{REASONS.get(row.reason, row.reason)} {said_evidence(row.reason, row.evidence)}".strip()
        made.rows.append(
            [
                place,
                names.get(row.person_id, "–"),
                str(DIFFERENCES[row.kind]),
                row.before_vnd,
                row.after_vnd,
                why,
            ]
        )
    return made


def _treasury(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Who is paid into which account: the State Treasury checks sums, the unit answers for names."""
    new = payroll.period.year >= NEW_TREASURY_FORMS
    form = "Mẫu số 20, NĐ 347/2025/NĐ-CP" if new else "Mẫu số 09 Phụ lục II, NĐ 11/2020/NĐ-CP"
    title = (
        "Danh sách thanh toán cho đối tượng thụ hưởng" if new else "Bảng thanh toán cho đối tượng thụ hưởng"
    )
    made = Sheet(
        title, f"{_of(payroll)}; IV. Đối tượng khác" if new else _of(payroll),
        [("STT (1)", 2, "r"), ("Đối tượng thụ hưởng (2)", 9, "l"),
         ("Số tài khoản, tên ngân hàng (3)", 10, "l"), ("Số tiền (4)", 5, "r")], money=3, form=form,
        intro=[
            "Đơn vị giao dịch: ………  Mã số ĐVQHNS: ………  Tài khoản: ………",
            "Kèm theo giấy rút dự toán/ủy nhiệm chi số ……… ngày ………",
        ], opens_accounts=True,
    )  # fmt: skip
    at = LineFilter(wanted.commune, wanted.hamlet, "account", wanted.kind)
    for place, line in enumerate(_payable(payroll, at), 1):
        number = open_sealed(column=ACCOUNT, sealed=bytes(line.account_enc or b""))
        made.rows.append([place, line.holder_name or line.payee_name, f"{number}, {line.bank}",
                          line.amount_vnd])  # fmt: skip
    return made


def _withdrawal(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """What is drawn from the estimate, by family, with its budget codes of that day."""
    return _by_family(
        payroll, wanted, "Giấy rút dự toán ngân sách nhà nước",
        "Mẫu số 13 (C2-02a/NS), NĐ 347/2025/NĐ-CP", "Giấy rút dự toán, NĐ 11/2020/NĐ-CP",
    )  # fmt: skip


def _settlement(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """What is asked to turn from advance into spending after the provider's report."""
    return _by_family(
        payroll, wanted, "Giấy đề nghị thanh toán tạm ứng",
        "Mẫu số 10 (C2-03/NS), NĐ 347/2025/NĐ-CP", "Mẫu số 10 Phụ lục II, NĐ 11/2020/NĐ-CP",
    )  # fmt: skip


def _by_family(payroll: Payroll, wanted: LineFilter, title: str, new: str, old: str) -> Sheet:
    law = load()
    sums: dict[str, int] = {}
    for line in _payable(payroll, wanted):
        family = law.categories[line.code].family
        sums[family] = sums.get(family, 0) + line.amount_vnd
    made = Sheet(
        title, _of(payroll),
        [("STT", 1, "r"), ("Nội dung", 9, "l"), ("Chương", 3, "l"), ("Loại, khoản", 3, "l"),
         ("Số tiền (đồng)", 4, "r")], money=4,
        form=new if payroll.period.year >= NEW_TREASURY_FORMS else old,
        signers=("Kế toán trưởng", "Thủ trưởng đơn vị"),
    )  # fmt: skip
    for place, (family, vnd) in enumerate(sorted(sums.items()), 1):
        said: Any = law.families[family]
        days = [day for day in said["budget"] if day <= payroll.period]
        codes = said["budget"][max(days)] if days else {}
        chapter, item = codes.get("chapter") or "………", f"{codes.get('loai', '')}-{codes.get('khoan', '')}"
        made.rows.append([place, str(said["label"]), chapter, item, vnd])
    return made


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what the officer chooses it by, and its rows."""

    label: Any
    make: Callable[[Payroll, LineFilter], Sheet]


FORMS = {
    "chi-tra": Form(_("Danh sách chi trả"), _pay_list), "niem-yet": Form(_("Niêm yết công khai"), _posting),
    "tang-giam": Form(_("Tăng, giảm, thay đổi"), _changes), "kho-bac": Form(_("Kho bạc"), _treasury),
    "rut-du-toan": Form(_("Giấy rút dự toán"), _withdrawal),
    "thanh-toan-tam-ung": Form(_("Thanh toán tạm ứng"), _settlement),
}  # fmt: skip


def forms_on(*, payroll: Payroll) -> list[str]:
    """The forms that a payroll of this day has."""
    return list(FORMS) if payroll.content_sha256 else []


def _cells(row: Sequence[str | int], money: Sequence[int]) -> list[str]:
    return [format_vnd(int(cell), unit=False) if at in money else str(cell) for at, cell in enumerate(row)]


def _parts(made: Sheet) -> list[dict[str, Any]]:
    """The rows page by page, each with its own sum and the sum so far."""
    amounts = [
        at for at, (label, _width, _side) in enumerate(made.columns) if "đồng)" in label or "tiền" in label
    ]
    parts: list[dict[str, Any]] = []
    so_far, begin = 0, 0
    while begin < len(made.rows) or not parts:
        size = PAGE_ROWS if parts else FIRST_PAGE
        rows = made.rows[begin : begin + size]
        begin += size
        sums = []
        if made.money is not None:
            of_page = sum(int(row[made.money]) for row in rows)
            so_far += of_page
            for label, vnd in (("Cộng trang", of_page), ("Cộng dồn", so_far)):
                cells = [""] * len(made.columns)
                cells[1], cells[made.money] = label, format_vnd(vnd, unit=False)
                sums.append(cells)
        parts.append({"rows": [_cells(row, amounts) for row in rows], "sums": sums})
    return parts


def footer(*, payroll: Payroll, made: Sheet, printed: str) -> str:
    """Code, hash, who and when: what ties the paper to the record."""
    mark = bytes(payroll.content_sha256 or b"").hex()
    form = f"{made.form}. " if made.form else ""
    return f"{form}BC-{payroll.pk} · SHA-256 {mark[:16]}…{mark[-8:]} · {printed}"


def as_pdf(*, payroll: Payroll, made: Sheet, unit: Unit, on: date, printed: str) -> bytes:
    """The paper, in the layout of NĐ 30/2020/NĐ-CP."""
    above = ancestors(unit_id=unit.pk, on=on)
    head_of = signing_title_on(act="treasury_first", level=unit.level, on=on) or made.signers[-1]
    sides = [{"title": title} for title in (*made.signers[:-1], head_of)]
    words = [f"Cộng: {len(made.rows)} dòng."]
    if made.money is not None:
        words = [f"Tổng số tiền: {format_vnd(made.total_vnd)}.",
                 f"Bằng chữ: {in_words_vi(made.total_vnd)}."]  # fmt: skip
    mark = bytes(payroll.content_sha256 or b"").hex()
    qr = io.BytesIO()
    segno.make(f"AN-SINH BC-{payroll.pk} {mark}", error="m").save(qr, kind="svg", border=1, xmldecl=False)
    data = {
        "head": {
            "agency_above": above[0].name if above else "", "agency": f"UBND {unit.name}", "number": "……",
            "place_day": f"{unit.name}, ngày {on.day} tháng {on.month} năm {on.year}", "title": made.title,
            "subtitle": made.subtitle,
        },
        "landscape": len(made.columns) > 4, "intro": made.intro, "outro": words, "sides": sides,
        "heads": [label for label, _width, _side in made.columns],
        "widths": [width for _label, width, _side in made.columns],
        "aligns": [side for _label, _width, side in made.columns], "parts": _parts(made),
        "qr": qr.getvalue().decode(), "code": footer(payroll=payroll, made=made, printed=printed),
    }  # fmt: skip
    return paper.pdf(template=TEMPLATE, data=data)


def as_xlsx(*, payroll: Payroll, made: Sheet, printed: str) -> bytes:
    """The same rows as a workbook; text stays text, whatever it begins with."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        page = book.add_worksheet("Danh sách")
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        page.write_string(0, 0, f"{made.title}. {made.subtitle}", bold)
        for at, (label, width, _side) in enumerate(made.columns):
            page.write_string(2, at, label, bold)
            page.set_column(at, at, width * 3)
        for down, row in enumerate(made.rows, 3):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(down, at, cell, money)
                else:
                    page.write_string(down, at, cell)
        end = 3 + len(made.rows)
        if made.money is not None:
            page.write_string(end, 1, "Cộng", bold)
            page.write_number(end, made.money, made.total_vnd, money)
        page.write_string(end + 2, 0, footer(payroll=payroll, made=made, printed=printed))
    return out.getvalue()
