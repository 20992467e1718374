# SPDX-License-Identifier: MPL-2.0
"""Banks, e-wallets and mobile money: identifiers, and the names that people write for them.

Banks rename and merge, so a name has validity dates and the code stays. A name that fits two banks
is never decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal


class BankUnknown(Refusal):
    """No institution is called this."""

    code = "BANK_UNKNOWN"


class BankAmbiguous(Refusal):
    """Several institutions may be meant; fields: text, candidates."""

    code = "BANK_AMBIGUOUS"


@dataclass(frozen=True, slots=True)
class Bank:
    """An institution that holds accounts."""

    code: str
    bin: str
    name: str
    kind: str = "bank"  # bank | wallet | mobile_money
    aliases: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether it takes payments on `day`."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day < self.valid_to)


_NOISE = re.compile(
    r"\b(?:ngan hang|nh|tmcp|tm|co phan|thuong mai|tnhh|mtv|viet nam|vn|bank"
    r"|chi nhanh|cn|pgd|phong giao dich)\b"
)
_BRANCH = re.compile(r"\b(?:chi nhanh|cn|pgd|phong giao dich)\b.*$|\s*[-–(,].*$")


def bank_key(text: str) -> str:
    """What is left of a bank's name without legal form, branch and the word bank itself."""
    folded = fold_name(_BRANCH.sub("", fold_name(text.replace("&", " "))))
    return " ".join(_NOISE.sub(" ", folded).split()) or folded


class BankDirectory:
    """Finds an institution by code, BIN, name or what people call it."""

    def __init__(self, banks: Iterable[Bank]) -> None:
        self.banks = tuple(banks)
        self._by_key: dict[str, set[Bank]] = {}
        for bank in self.banks:
            for name in (bank.code, bank.bin, bank.name, *bank.aliases):
                for key in {fold_name(name), bank_key(name)}:
                    self._by_key.setdefault(key, set()).add(bank)

    def find(self, text: str, *, on: date) -> Bank:
        """The one institution called `text` on a day. Raises `BankUnknown` or `BankAmbiguous`."""
        shown = str(text).strip()[:60]
        for key in (fold_name(shown), fold_name(_BRANCH.sub("", shown)), bank_key(shown)):
            found = [b for b in self._by_key.get(key, ()) if b.is_open_on(on)] if key else []
            if len(found) == 1:
                return found[0]
            if found:
                names = sorted(bank.name for bank in found)
                raise BankAmbiguous(text=shown, candidates=names)
        raise BankUnknown(text=shown)
