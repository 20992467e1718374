# SPDX-License-Identifier: MPL-2.0
"""Account numbers: text, never numbers. Lost digits are asked for, never guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ansinh.rules.banks import Bank
from ansinh.rules.refusals import Refusal

SHORTEST, LONGEST = 6, 19
SAFE_NUMERIC_DIGITS = 15  # a spreadsheet's number keeps fifteen significant digits
CARD_LENGTH = 16

_SEPARATORS = re.compile(r"[ \u00a0.\-]")
_EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_ACCOUNT = re.compile(r"[0-9A-Z]+")


class AccountNotAccepted(Refusal):
    """No usable account number."""

    code = "ACCOUNT_EMPTY"


class DigitsLost(AccountNotAccepted):
    """The spreadsheet stored a number and its last digits are gone."""

    code = "ACCOUNT_DIGITS_LOST"


class WrongAccountLength(AccountNotAccepted):
    """Not a length that this bank uses (a leading zero may be lost)."""

    code = "ACCOUNT_LENGTH"


class StrangeCharacters(AccountNotAccepted):
    """Letters with marks, symbols."""

    code = "ACCOUNT_LETTERS"


class CardNumber(AccountNotAccepted):
    """Sixteen digits with a card's check digit."""

    code = "ACCOUNT_IS_CARD"


@dataclass(frozen=True, slots=True)
class AccountNumber:
    """An account number as its institution knows it."""

    bank: Bank
    number: str

    @property
    def masked(self) -> str:
        """What may be shown: the last four characters."""
        return "•" * max(len(self.number) - 4, 0) + self.number[-4:]

    def __str__(self) -> str:
        return self.masked


def parse_account(raw: str, *, bank: Bank, was_numeric: bool = False) -> AccountNumber:
    """Read an account number of `bank`. `was_numeric` says that the cell held a number, not text.

    Raises an `AccountNotAccepted`.
    """
    typed = unicodedata.normalize("NFKC", str(raw)).strip().lstrip("'’").strip()
    text = re.sub(r"\.0+$", "", typed) if was_numeric else typed
    if not text:
        raise AccountNotAccepted
    if _EXPONENT.fullmatch(text):
        raise DigitsLost(text=text)
    number = _SEPARATORS.sub("", text).upper()
    if was_numeric and len(number) > SAFE_NUMERIC_DIGITS:
        raise DigitsLost(text=number)
    if not _ACCOUNT.fullmatch(number):
        raise StrangeCharacters(text=typed[:40])
    if len(number) == CARD_LENGTH and number.isdigit() and is_card(number):
        raise CardNumber
    lengths = bank.lengths or tuple(range(SHORTEST, LONGEST + 1))
    if len(number) not in lengths:
        expected = f"{lengths[0]}–{lengths[-1]}" if len(lengths) > 2 else "/".join(map(str, lengths))
        raise WrongAccountLength(bank=bank.name, expected=expected, length=len(number))
    return AccountNumber(bank, number)


def is_card(number: str) -> bool:
    """Whether sixteen digits are a payment card: a card's prefix (3-6, or 9704 for domestic cards)
    and check digit (ISO/IEC 7812-1, Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and (number[0] in "3456" or number.startswith("9704"))
