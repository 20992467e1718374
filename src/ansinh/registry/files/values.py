# SPDX-License-Identifier: MPL-2.0
"""How each kind of cell is read: a value, or a refusal of the catalogue. Doubts become warnings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from ansinh.registry.files.cells import Cell, folded, is_number, raw_text, tidy
from ansinh.rules.citizen_numbers import Sex
from ansinh.rules.dates import DateNotUnderstood, PartialDate, from_excel_serial
from ansinh.rules.money import parse_vnd
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name, normalise_name
from ansinh.rules.refusals import Refusal

Warn = Callable[..., None]  # warn(code, **fields)

# Family and middle names that are never written without marks.
_ALWAYS_MARKED = frozenset(
    {"nguyen", "tran", "le", "pham", "huynh", "hoang", "vo", "vu", "dang", "bui", "do", "ho", "ngo", "duong",
     "ly", "dinh", "truong", "luong", "dao", "doan", "trinh", "thi", "van", "duc"}
)  # fmt: skip
_SERIALS = range(10_000, 60_000)  # 1927 to 2064: a number in a date column
_YEARS = range(1900, 2101)
_DECISION = re.compile(r"(?i)(?:s[oố]\s*:?\s*)?([0-9]+[^\s,;]*)")
_DAY_IN_TEXT = re.compile(r"([0-9]{1,2}\s*[/.\-]\s*[0-9]{1,2}\s*[/.\-]\s*[0-9]{4})")
_DIGITS = re.compile(r"[0-9]+")
_AROUND_SEPARATOR = re.compile(r"\s*([/.\-])\s*")
_WORD = re.compile(r"[^\W\d_]+")


class SexNotUnderstood(Refusal):
    """Neither Nam nor Nữ."""

    code = "SEX_NOT_UNDERSTOOD"


class CountNotUnderstood(Refusal):
    """No whole number."""

    code = "COUNT_NOT_UNDERSTOOD"


class PercentNotUnderstood(Refusal):
    """No whole percentage from 1 to 100."""

    code = "PERCENT_NOT_UNDERSTOOD"


class AmountAsDate(Refusal):
    """An amount cell that the sheet shows as a date."""

    code = "AMOUNT_AS_DATE"


def read_name(cell: Cell, warn: Warn) -> str:
    """A name as it is stored: the clerk's spelling, Title Case when it was all capitals or all
    small. Raises a `NameNotAccepted`."""
    name = normalise_name(raw_text(cell))
    if name.isascii() and _ALWAYS_MARKED & set(name.lower().split()):
        warn("NAME_NO_MARKS", text=name)
    if name.isupper() or name.islower():
        name = _WORD.sub(lambda word: word[0].capitalize(), name.lower())
    return name


def read_birth(cell: Cell, warn: Warn, address: str) -> PartialDate:
    """A birth date with its precision. Raises a `DateNotUnderstood`."""
    born = read_day(cell, warn, address)
    if born.is_doubtful:
        warn("BIRTH_FIRST_OF_JANUARY", year=born.year)
    return born


def read_day(cell: Cell, warn: Warn, address: str) -> PartialDate:
    """A date cell, a serial number, or typed text. Raises a `DateNotUnderstood`."""
    if isinstance(cell, tuple) and cell[0] == "d":
        return PartialDate.of(date.fromisoformat(cell[1]))
    if is_number(cell) and isinstance(cell, int) and cell not in _YEARS:
        if cell not in _SERIALS:
            raise DateNotUnderstood(text=str(cell))
        day = from_excel_serial(cell)
        warn("DATE_FROM_SERIAL", cell=address, text=str(cell), date=day)
        return PartialDate.of(day)
    return _parsed_day(raw_text(cell))


@lru_cache(maxsize=50_000)
def _parsed_day(text: str) -> PartialDate:
    return PartialDate.parse(_AROUND_SEPARATOR.sub(r"\1", tidy(text)))


def read_month(cell: Cell, warn: Warn, address: str) -> Month:
    """A month, or the month of a day. Raises `MonthNotUnderstood` or a `DateNotUnderstood`."""
    text = tidy(raw_text(cell))
    if isinstance(cell, tuple) or len(_DIGITS.findall(text)) == 3 or is_number(cell):
        found = read_day(cell, warn, address)
        return Month(found.year, found.month or 1)
    return _parsed_month(text)


@lru_cache(maxsize=50_000)
def known_day(iso: str) -> PartialDate:
    """A date that was read before, from its ISO form."""
    return PartialDate.parse(iso)


@lru_cache(maxsize=5_000)
def _parsed_month(text: str) -> Month:
    return Month.parse(fold_name(text).removeprefix("thang ").replace(" ", "/").strip("/") or text)


def read_amount(cell: Cell, address: str) -> int:
    """đồng. Raises an `AmountNotUnderstood` or `AmountAsDate`."""
    if isinstance(cell, tuple) and cell[0] in {"d", "t"}:
        raise AmountAsDate(cell=address, text=raw_text(cell))
    return _parsed_amount(raw_text(cell))


_parsed_amount = lru_cache(maxsize=5_000)(parse_vnd)  # a list's amounts are few


def read_sex(cell: Cell) -> Sex:
    """Nam or Nữ. Raises `SexNotUnderstood`."""
    word = folded(cell)
    if word in {"nam", "m", "trai", "ong"}:
        return "male"
    if word in {"nu", "f", "gai", "ba"}:
        return "female"
    raise SexNotUnderstood(text=raw_text(cell)[:20])


def read_count(cell: Cell, label: str) -> int:
    """A small whole number. Raises `CountNotUnderstood`."""
    text = re.sub(r"(?i)\s*(con|người|trẻ)\.?$", "", tidy(raw_text(cell)))
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise CountNotUnderstood(text=text[:20], label=label)
    return int(text)


def read_percent(cell: Cell) -> int:
    """A whole percentage: 61, `61%`, or 0.61 as Excel keeps it. Raises `PercentNotUnderstood`."""
    text = tidy(raw_text(cell)).removesuffix("%").strip()
    if isinstance(cell, tuple) and cell[0] == "n" and re.fullmatch(r"0\.[0-9]{1,2}", text):
        text = str(int(text[2:].ljust(2, "0")))
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 100:
        raise PercentNotUnderstood(text=text[:20])
    return int(text)


def read_household(cell: Cell) -> str:
    """poor, near_poor or other."""
    words = folded(cell).split()
    if not words or "khong" in words:
        return "other"
    if "can" in words or words[0] in {"cn", "hcn"}:
        return "near_poor"
    return "poor" if "ngheo" in words or words[0] in {"hn", "x", "n"} else "other"


def read_phone(cell: Cell, warn: Warn) -> str | None:
    """Ten or eleven digits with the leading zero that every number has, or None with a warning."""
    digits = "".join(_DIGITS.findall(raw_text(cell)))
    if digits.startswith("84") and len(digits) in {11, 12}:
        digits = f"0{digits[2:]}"
    if len(digits) in {9, 10} and not digits.startswith("0"):
        digits = f"0{digits}"
    if len(digits) in {10, 11} and digits.startswith("0"):
        return digits
    warn("PHONE_NOT_UNDERSTOOD", text=raw_text(cell)[:20])
    return None


def read_decision(cell: Cell) -> tuple[str, PartialDate | None]:
    """(number, day) of a decision; the day may stand in the same cell: `123/QĐ-UBND ngày 5/3/2022`."""
    text = tidy(raw_text(cell))
    day = _DAY_IN_TEXT.search(text)
    number = _DECISION.search(text[: day.start()] if day else text)
    found = PartialDate.parse(day[1].replace(" ", "")) if day else None
    return (number[1].rstrip(",.;") if number else text[:60]), found


def read_text(cell: Cell) -> str:
    """Any text, tidied."""
    return tidy(raw_text(cell))
