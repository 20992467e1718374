# SPDX-License-Identifier: MPL-2.0
"""A bank to try against: takes envelopes, moves invented money, answers badly when told to.

It shares no code with what it tests but the file it is sent: it reads it by itself, keeps its own books
by account, and counts by itself what it moved.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field

KNOBS = ("drop", "duplicate", "reorder", "truncate", "contradict", "wrong_amount", "unknown_id", "silent",
         "account_closed", "return_later", "wrong_holder", "delay")  # fmt: skip


class OldTokenError(Exception):
    """A dispatch with an older fencing token than one that was seen."""


class NoAnswerError(Exception):
    """The bank took it, or not, and says nothing: a time-out."""


@dataclass(slots=True)
class Order:
    """One line that the bank was asked to pay."""

    reference: str
    account: str
    amount: int
    remark: str
    status: str = "PAID"
    reason: str = ""
    bank_reference: str = ""


@dataclass(slots=True)
class SimulatedBank:
    """The bank. `knobs` are chances in a hundred of each fault; `seed` makes it repeatable."""

    seed: int = 1
    knobs: dict[str, int] = field(default_factory=dict)
    envelopes: dict[str, list[Order]] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    moved: Counter[str] = field(default_factory=Counter)  # times that money went out, by reference
    back: Counter[str] = field(default_factory=Counter)
    balances: Counter[str] = field(default_factory=Counter)
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - repeatable on purpose

    def _strikes(self, knob: str) -> bool:
        return self.random.randrange(100) < self.knobs.get(knob, 0)

    def submit(self, *, reference: str, token: int, content: bytes) -> str:
        """Take one envelope, once a reference. Raises `OldTokenError` or `NoAnswerError`."""
        if token < self.tokens.get(reference, 0):
            raise OldTokenError(reference)
        self.tokens[reference] = token
        if self._strikes("drop"):
            raise NoAnswerError(reference)  # lost on the way: nothing was taken
        if reference not in self.envelopes:
            self.envelopes[reference] = [self._pay(order) for order in _orders(content)]
        if self._strikes("silent"):
            raise NoAnswerError(reference)  # taken, and not a word
        return "accepted"

    def enquire(self, *, reference: str) -> str:
        """What became of an envelope: `accepted` or `unknown`."""
        return "accepted" if reference in self.envelopes else "unknown"

    def _pay(self, order: Order) -> Order:
        order.bank_reference = f"FT{self.random.randrange(10**10):010d}"
        if self._strikes("account_closed"):
            order.status, order.reason = "FAILED", "AC04"
        elif self._strikes("wrong_holder"):
            order.status, order.reason = "FAILED", "BE01"
        else:
            self.moved[order.reference] += 1
            self.balances[order.account] += order.amount
            if self._strikes("return_later"):
                self.back[order.reference] += 1
                self.balances[order.account] -= order.amount
                order.status, order.reason = "RETURNED", "AC01"
        return order

    def results(self, *, reference: str) -> list[bytes]:
        """Result files of an envelope, as well or badly as the knobs say."""
        rows: list[list[str]] = []
        for order in self.envelopes.get(reference, []):
            if order.status == "RETURNED":
                rows.append(self._row(order, "PAID"))
            rows.append(self._row(order, order.status))
            if self._strikes("contradict"):
                rows.append(self._row(order, "FAILED" if order.status == "PAID" else "PAID"))
            if self._strikes("wrong_amount"):
                rows.append(self._row(order, order.status, amount=order.amount + 1))
            if self._strikes("unknown_id"):
                rows.append(["AS999999999999999999", str(order.amount), "PAID", "", "FTX", "04/03/2024"])
            if self._strikes("duplicate"):
                rows.append(rows[-1])
        if self._strikes("reorder"):
            self.random.shuffle(rows)
        files = [_file(rows)]
        if rows and self._strikes("duplicate"):
            files += [files[0], _file(rows[::-1])]
        if rows and self._strikes("truncate"):
            files.insert(0, files[0][: self.random.randrange(1, len(files[0]))])
        return files

    def _row(self, order: Order, status: str, *, amount: int | None = None) -> list[str]:
        reason = order.reason if status in {"FAILED", "RETURNED"} else ""
        return [order.reference, str(order.amount if amount is None else amount), status, reason or
                ("AC01" if status == "FAILED" else ""), order.bank_reference, "04/03/2024"]  # fmt: skip


def _orders(content: bytes) -> list[Order]:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    return [
        Order(row["REF"], f"{row['BIN']}:{row['ACCOUNT']}", int(row["AMOUNT"]), row["REMARK"])
        for row in rows
        if not row["REF"].startswith("TOTAL")
    ]


def _file(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"])
    writer.writerows(rows)
    writer.writerow([f"TOTAL {len(rows)}", sum(int(row[1]) for row in rows), "", "", "", ""])
    return out.getvalue().encode()
