# SPDX-License-Identifier: MPL-2.0
"""A form of a payroll as one sheet of rows from one query: what the PDF and the workbook both print."""

from __future__ import annotations

from dataclasses import dataclass, field

from ansinh.payroll.labels import CHANNELS
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.queries import LineFilter, lines
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal

MOST_ROWS = 5_000  # a longer list is printed by commune or hamlet
PREPARER, ACCOUNTANT, HEAD = "Người lập", "Kế toán trưởng", "Thủ trưởng đơn vị"

Cell = str | int


class TooLong(Refusal):
    """More rows than one paper holds; fields: rows, most."""

    code = "PAYROLL_PAPER_TOO_LONG"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its share of the width, "l", "r" or "c", whether it holds đồng."""

    head: str
    width: int
    side: str = "l"
    money: bool = False


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a voucher of the State Treasury has that a list has not: boxes to tick (label, ticked) line
    by line, and labelled lines above and below the table."""

    number: str
    sign: str
    boxes: list[list[tuple[str, bool]]]
    above: list[tuple[str, str]]
    below: list[tuple[str, str]]


@dataclass(slots=True)
class Sheet:
    """One form: title, columns, rows, which column adds up, what stands around the table.

    `groups` are (first row, label): a line across the table above that row, with the group's own sum.
    """

    title: str
    subtitle: str
    columns: list[Column]
    rows: list[list[Cell]] = field(default_factory=list)
    money: int | None = None
    groups: list[tuple[int, str]] = field(default_factory=list)
    form: str = ""
    signers: tuple[str, ...] = (PREPARER, ACCOUNTANT, HEAD)
    intro: list[str] = field(default_factory=list)
    outro: list[str] = field(default_factory=list)
    unit_of_money: bool = True
    opens_accounts: bool = False
    treasury: bool = False
    voucher: Voucher | None = None

    @property
    def total_vnd(self) -> int:
        """The sum of the money column."""
        return 0 if self.money is None else sum(int(row[self.money]) for row in self.rows)

    @property
    def landscape(self) -> bool:
        """Wide lists lie; vouchers stand."""
        return len(self.columns) > 6 and self.voucher is None


def payable(payroll: Payroll, wanted: LineFilter) -> list[Line]:
    """The lines that are paid, in the order of the paper. Raises `TooLong`."""
    paid = LineFilter(wanted.commune, wanted.hamlet, wanted.channel, wanted.kind, "none")
    found = lines(payroll=payroll, wanted=paid)
    rows = list(found[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        raise TooLong(rows=found.count(), most=MOST_ROWS)
    return rows


def period_of(payroll: Payroll) -> str:
    """`Tháng 3/2026`, or both months when two are paid together."""
    month = Month.of(payroll.period)
    said = month.vi.capitalize()
    return said if payroll.months == 1 else f"{said} và {month.next.vi}"


def narrowed(wanted: LineFilter) -> str:
    """What a list is narrowed to, in words."""
    parts = [f"thôn, tổ dân phố: {wanted.hamlet}" if wanted.hamlet else ""]
    parts.append(
        f"nơi nhận: {str(CHANNELS.get(wanted.channel, wanted.channel)).lower()}" if wanted.channel else ""
    )
    return "; ".join(part for part in parts if part)
