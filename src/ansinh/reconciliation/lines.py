# SPDX-License-Identifier: MPL-2.0
"""What a reader gives: lines as they were read, and what the file says about itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ansinh.rules.money import parse_vnd
from ansinh.rules.payments import NotAnEndToEndId, check_end_to_end_id
from ansinh.rules.refusals import Refusal

_ID = re.compile(r"AS[0-9]{18}(?![0-9])")


@dataclass(slots=True)
class ReadLine:
    """One line. `fault` says why it cannot be understood; then nothing else may be trusted."""

    line_no: int
    end_to_end_id: str = ""
    amount_vnd: int | None = None
    fact: str = ""
    reason: str = ""
    reference: str = ""
    value_date: date | None = None
    bank: str = ""
    account: str = ""
    fault: str = ""
    raw: str = ""
    holder: str = ""  # the holder's name as the payer prints it

    def digest(self) -> bytes:
        """The same for the same line in any file, in any place of it."""
        said = (self.end_to_end_id, self.amount_vnd, self.fact, self.reference, self.value_date,
                self.bank, self.account, self.raw if self.fault else "")  # fmt: skip
        return hashlib.sha256(repr(said).encode()).digest()[:16]


@dataclass(slots=True)
class Day:
    """One day of an account as a statement tells it."""

    account: str
    day: date
    opening_vnd: int
    in_vnd: int
    out_vnd: int
    closing_vnd: int


@dataclass(slots=True)
class ReadFile:
    """Lines with the totals that the file declares, None where it declares none; `broken` says that
    the file ends before its end."""

    lines: list[ReadLine] = field(default_factory=list)
    declared_count: int | None = None
    declared_vnd: int | None = None
    days: list[Day] = field(default_factory=list)
    broken: str = ""


Reader = Callable[[bytes], ReadFile]


class NotThisForm(Refusal):
    """The bytes are no file of this form at all; fields: form."""

    code = "RESULT_NOT_THIS_FORM"


def found_id(text: str) -> str:
    """The end-to-end id that a reference or transfer text holds, '' if none with right digits."""
    for match in _ID.findall(text.upper()):
        try:
            return check_end_to_end_id(match)
        except NotAnEndToEndId:
            continue
    return ""


def amount_of(text: str) -> int | None:
    """The đồng that a cell names, None if it names none (decimals other than zero, a sign, words)."""
    plain = (
        re.sub(r"[.,]0{1,2}$", "", text.strip()) if re.fullmatch(r"[0-9]+[.,]0{1,2}", text.strip()) else text
    )
    try:
        return parse_vnd(plain)
    except Refusal:
        return None


def understand(line: ReadLine) -> ReadLine:
    """The line again, with its fault noted when amount or result cannot be read."""
    if not line.fault and line.amount_vnd is None:
        line.fault = "amount"
    elif not line.fault and not line.fact:
        line.fault = "status"
    elif not line.fault and line.fact == "returned" and not line.reference:
        line.fault = "no_reference"
    return line
