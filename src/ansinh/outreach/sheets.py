# SPDX-License-Identifier: MPL-2.0
"""The visit sheet: written for a helper, printed, filled in by hand or on a phone, and read back.

Plain functions without a database. The columns to fill in stand on the right; the reference in the
first column says whose line it is, so lines may be sorted, dropped or repeated.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from ansinh.registry.files import headers, values
from ansinh.registry.files.cells import Cell, folded, is_blank, is_number, raw_text, tidy
from ansinh.registry.files.check import NoRows
from ansinh.registry.files.headers import FieldName, Mapping
from ansinh.registry.files.kinds import inspect
from ansinh.registry.files.reader import OpenFile
from ansinh.rules.dates import DateNotWhole
from ansinh.rules.outreach import Outcome
from ansinh.rules.readiness import Obstacle
from ansinh.rules.refusals import Refusal

SHEET = "Phiếu vận động"
COLUMNS = (
    ("reference", "Mã phiếu", 12), ("name", "Họ và tên", 28), ("born", "Năm sinh", 10),
    ("hamlet", "Thôn, tổ", 18), ("group", "Nhóm", 7), ("phone", "Điện thoại", 13),
    ("on", "Ngày gặp", 12), ("outcome", "Kết quả", 16), ("reasons", "Lý do (số)", 12),
    ("signed", "Đã ký phiếu từ chối", 12), ("bank", "Ngân hàng, ví", 16), ("account", "Số tài khoản", 20),
    ("holder", "Tên chủ tài khoản", 26), ("note", "Ghi chú", 26),
)  # fmt: skip
FILLED_IN = frozenset({"on", "outcome", "reasons", "signed", "bank", "account", "holder", "note"})
OUTCOMES: dict[str, Outcome] = {
    "da gap": Outcome.MET, "gap": Outcome.MET, "vang": Outcome.ABSENT, "vang nha": Outcome.ABSENT,
    "dong y": Outcome.AGREED, "tu choi": Outcome.REFUSED, "can giup": Outcome.NEEDS_HELP,
    "da mo": Outcome.ACCOUNT_OPENED, "da mo tai khoan": Outcome.ACCOUNT_OPENED,
    "co tai khoan": Outcome.ACCOUNT_OPENED,
}  # fmt: skip
OUTCOMES_LISTED = "đã gặp, vắng, đồng ý, từ chối, cần giúp, đã mở"
REASONS: tuple[tuple[Obstacle, str], ...] = (
    (Obstacle.NO_SMARTPHONE, "không có điện thoại thông minh"), (Obstacle.FRAIL, "già yếu, khuyết tật"),
    (Obstacle.NO_ID, "chưa có căn cước, VNeID"), (Obstacle.FAR, "xa nơi rút tiền"),
    (Obstacle.UNWILLING, "không muốn"), (Obstacle.BANK_REFUSED, "ngân hàng từ chối"),
    (Obstacle.OTHER, "khác"),
)  # fmt: skip
WIDEST_NOTE = 300


class OutcomeNotUnderstood(Refusal):
    """A result outside the sheet's words; fields: text, known."""

    code = "SHEET_OUTCOME"


class ReasonsNotUnderstood(Refusal):
    """Something else than the numbers of reasons; fields: text, last."""

    code = "SHEET_REASONS"


class SheetLacksDay(Refusal):
    """A result without the day of the visit."""

    code = "SHEET_LACKS_DAY"


class SheetLacksBank(Refusal):
    """An account without its institution, or the reverse."""

    code = "SHEET_LACKS_BANK"


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed of one person."""

    reference: str
    name: str
    born: str
    hamlet: str
    group: str
    phone: str


@dataclass(frozen=True, slots=True)
class Filled:
    """One line that came back with a result."""

    row: int
    reference: str
    on: date
    outcome: Outcome
    reasons: frozenset[Obstacle]
    signed: bool
    bank: str
    account: str
    was_numeric: bool  # the account's cell held a number: zeros may be gone
    holder: str
    note: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """One line that could not be read: its row, the column's letter, the refusal."""

    row: int
    column: str
    refusal: Refusal


def write(lines: Sequence[Line], *, title: str) -> bytes:
    """The sheet as .xlsx. Every cell that is printed is text, so that no name turns into a formula and
    no number loses its zeros."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "border": 1})
    fill = book.add_format({"num_format": "@", "border": 1, "bg_color": "#FFF8E1"})
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    legend = "; ".join(f"{at} {label}" for at, (_reason, label) in enumerate(REASONS, 1))
    page.write_string(1, 0, f"Kết quả: {OUTCOMES_LISTED}. Lý do: {legend}.")
    for at, (_name, label, width) in enumerate(COLUMNS):
        page.set_column(at, at, width)
        page.write_string(3, at, label, bold)
    for row, line in enumerate(lines, 4):
        for at, (name, _label, _width) in enumerate(COLUMNS):
            page.write_string(row, at, getattr(line, name, ""), fill if name in FILLED_IN else text)
    page.freeze_panes(4, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    last = max(len(lines) + 3, 4)
    at = [name for name, _label, _width in COLUMNS].index("outcome")
    page.data_validation(4, at, last, at, {"validate": "list", "source": OUTCOMES_LISTED.split(", ")})
    book.close()
    return out.getvalue()


FIELDS = tuple(
    FieldName(name, label, (re.compile(f"^{re.escape(folded(label))}$"),), name in {"reference", "outcome"})
    for name, label, _width in COLUMNS
)


def read(path: Path, *, name: str) -> Iterator[Filled | Faulty]:
    """The lines that were filled in; lines without a result are passed over. Raises a `FileRefused`
    when the file is no visit sheet."""
    facts = inspect(path, name=name)
    with OpenFile(path, kind=facts.kind, name=name) as opened:
        sheets = opened.survey()
        mapping = headers.settle(headers.find(sheets, FIELDS, name=name), FIELDS, name=name)
        sheet = next(each for each in sheets if each.name == mapping.sheet)
        opened.choose(sheet.index)
        seen = False
        for number, cells in opened.rows():
            if number <= mapping.header_row:
                continue
            seen = True
            yield from _line(number, cells, mapping)
        if not seen:
            raise NoRows(name=name)


def _line(number: int, cells: Sequence[Cell], mapping: Mapping) -> Iterable[Filled | Faulty]:
    def cell(field: str) -> Cell:
        at = mapping.columns.get(field)
        return cells[at] if at is not None and at < len(cells) else None

    if is_blank(cell("reference")) or all(is_blank(cell(field)) for field in FILLED_IN):
        return ()
    field = "outcome"
    try:
        outcome = _outcome(cell("outcome"))
        field = "on"
        on = _day(cell("on"))
        field = "reasons"
        reasons = _reasons(cell("reasons"))
        field = "account"
        bank, account = tidy(raw_text(cell("bank"))), tidy(raw_text(cell("account")))
        if bool(bank) != bool(account):
            raise SheetLacksBank
    except Refusal as refused:
        letter = mapping.payload()["columns"].get(field, "")  # type: ignore[attr-defined]
        return (Faulty(number, letter, refused),)
    note = tidy(raw_text(cell("note")))[:WIDEST_NOTE]
    return (
        Filled(
            number, tidy(raw_text(cell("reference"))).upper(), on, outcome, reasons,
            not is_blank(cell("signed")), bank, account, is_number(cell("account")),
            tidy(raw_text(cell("holder"))), note,
        ),
    )  # fmt: skip


def _outcome(cell: Cell) -> Outcome:
    found = OUTCOMES.get(folded(cell))
    if found is None:
        raise OutcomeNotUnderstood(text=raw_text(cell)[:30] or "–", known=OUTCOMES_LISTED)
    return found


def _day(cell: Cell) -> date:
    if is_blank(cell):
        raise SheetLacksDay
    found = values.read_day(cell, lambda *_a, **_k: None, "")
    if found.precision != "day":
        raise DateNotWhole(text=raw_text(cell)[:30])
    return found.earliest


def _reasons(cell: Cell) -> frozenset[Obstacle]:
    numbers = re.findall(r"[0-9]+", raw_text(cell))
    rest = re.sub(r"[0-9\s,;.+và]", "", raw_text(cell))
    if rest or any(not 1 <= int(each) <= len(REASONS) for each in numbers):
        raise ReasonsNotUnderstood(text=raw_text(cell)[:30], last=len(REASONS))
    return frozenset(REASONS[int(each) - 1][0] for each in numbers)
