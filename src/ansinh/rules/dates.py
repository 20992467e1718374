# SPDX-License-Identifier: MPL-2.0
"""Dates with a precision, and what people type for them.

Many elders' papers show only a year, so a birth date knows how much of it is known. Day comes
before month; a two-digit year is refused, because 50 may be 1950 or 2050.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ansinh.rules.refusals import Refusal

Precision = Literal["day", "month", "year"]
OLDEST_YEAR = 1900
NEWEST_YEAR = 2100  # the caller refuses the future; a decision may start next month

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_TWO_DIGIT_YEAR = re.compile(r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{4})")
_YEAR = re.compile(r"(?:\.\./\.\./|00/00/|--/--/|\?\?/\?\?/)?([0-9]{4})(?:\.0)?")
_LUNAR_OR_ABOUT = re.compile(
    r"(?i)(âm lịch|\bal\b|khoảng|chừng|độ \d|~"
    r"|(?:giáp|ất|bính|đinh|mậu|kỷ|kỉ|canh|tân|nhâm|quý|quí)\s+(?:tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi))"
)
_EXCEL_EPOCH_1900 = date(1899, 12, 30)  # Excel believes in 29 February 1900
_EXCEL_EPOCH_1904 = date(1904, 1, 1)


class DateNotUnderstood(Refusal):
    """Text that names no date."""

    code = "DATE_NOT_UNDERSTOOD"


class NoSuchMonth(DateNotUnderstood):
    """A month above 12: usually month and day were exchanged."""

    code = "DATE_NO_SUCH_MONTH"


class NoSuchDay(DateNotUnderstood):
    """31 February, 29 February of a common year."""

    code = "DATE_NO_SUCH_DAY"


class TwoDigitYear(DateNotUnderstood):
    """3/4/50."""

    code = "DATE_TWO_DIGIT_YEAR"


class DateOutOfRange(DateNotUnderstood):
    """A year before 1900 or after the newest one allowed."""

    code = "DATE_OUT_OF_RANGE"


class LunarOrApproximate(DateNotUnderstood):
    """A lunar date, a zodiac year, "about 1940"."""

    code = "DATE_LUNAR_OR_ABOUT"


class DateNotWhole(DateNotUnderstood):
    """A month or a year where a whole date is needed."""

    code = "DATE_NOT_WHOLE"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or day and month, may be unknown (None)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not OLDEST_YEAR <= self.year <= NEWEST_YEAR:
            raise DateOutOfRange(year=self.year, oldest=OLDEST_YEAR, newest=NEWEST_YEAR)
        if self.month is None:
            if self.day is not None:
                raise DateNotUnderstood(text=self.iso)
            return
        if not 1 <= self.month <= 12:
            raise NoSuchMonth(text=self.iso, month=self.month)
        if self.day is not None:
            last = calendar.monthrange(self.year, self.month)[1]
            if not 1 <= self.day <= last:
                raise NoSuchDay(text=self.iso, day=self.day, month=self.month, year=self.year)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A whole date."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read what people type, or ISO: `05/03/1950`, `3/1945`, `1945`, `00/00/1945`,
        `1950-03-05`. Raises a `DateNotUnderstood`."""
        cleaned = unicodedata.normalize("NFC", str(text)).strip().lstrip("'’").strip()
        if not cleaned.isascii():
            if _LUNAR_OR_ABOUT.search(cleaned):
                raise LunarOrApproximate(text=cleaned[:40])
            raise DateNotUnderstood(text=cleaned[:40])
        if found := _DAY_FIRST.fullmatch(cleaned):
            return cls._typed(cleaned, int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO_DAY.fullmatch(cleaned):
            return cls._typed(cleaned, int(found[1]), int(found[2]), int(found[3]))
        if found := _ISO_MONTH.fullmatch(cleaned):
            return cls._typed(cleaned, int(found[1]), int(found[2]), 0)
        if found := _MONTH.fullmatch(cleaned):
            return cls._typed(cleaned, int(found[2]), int(found[1]), 0)
        if found := _YEAR.fullmatch(cleaned):
            return cls._typed(cleaned, int(found[1]), 0, 0)
        if _TWO_DIGIT_YEAR.fullmatch(cleaned):
            raise TwoDigitYear(text=cleaned)
        if _LUNAR_OR_ABOUT.search(cleaned):
            raise LunarOrApproximate(text=cleaned[:40])
        raise DateNotUnderstood(text=cleaned[:40])

    @classmethod
    def _typed(cls, text: str, year: int, month: int, day: int) -> PartialDate:
        """Zero stands for unknown, as clerks write `00/00/1945`."""
        if month > 12:
            raise NoSuchMonth(text=text, month=month)
        if month == 0 and day != 0:
            raise NoSuchMonth(text=text, month=month)
        if month and day > calendar.monthrange(max(year, 1), month)[1]:
            raise NoSuchDay(text=text, day=day, month=month, year=year)
        return cls(year, month or None, day or None)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @property
    def earliest(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def legal_birthday(self) -> date:
        """The day that counts when day or month is unknown: 1 January, or the first of the month.

        By analogy with NĐ 135/2020/NĐ-CP Điều 3 (retirement age); not verified for social
        assistance, so it is shown as a step wherever an age rests on it.
        """
        return self.earliest

    @property
    def is_doubtful(self) -> bool:
        """1 January is often how "only the year is known" was typed; a person must say which."""
        return (self.month, self.day) == (1, 1)

    @property
    def iso(self) -> str:
        """`1950-03-05`, `1945-03` or `1945`."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def vi(self) -> str:
        """As officers read it: `05/03/1950`, `tháng 3/1945`, `năm 1945`."""
        if self.month is None:
            return f"năm {self.year}"
        if self.day is None:
            return f"tháng {self.month}/{self.year}"
        return f"{self.day:02d}/{self.month:02d}/{self.year}"

    def could_be(self, other: PartialDate) -> bool:
        """Whether both can be the same day: `1945` could be `03/04/1945`."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def age_on(self, day: date) -> int:
        """Completed years of age on `day`, by the legal birthday."""
        return age_on(self.legal_birthday, day)

    def __str__(self) -> str:
        return self.iso


def age_on(birthday: date, day: date) -> int:
    """Completed years from `birthday` to `day`. Born on 29 February, a person turns a year
    older on 1 March of a common year."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def parse_date(text: str) -> date:
    """Read a whole date as people type it. Raises a `DateNotUnderstood`."""
    found = PartialDate.parse(text)
    if found.precision != "day":
        raise DateNotWhole(text=str(text)[:40])
    return found.earliest


def from_excel_serial(serial: int, *, since_1904: bool = False) -> date:
    """The day of an Excel serial number, in the 1900 or 1904 date system.

    Only for a cell that is known to hold a date: 16530 alone may as well be an amount.
    """
    epoch = _EXCEL_EPOCH_1904 if since_1904 else _EXCEL_EPOCH_1900
    if not 0 < serial < 73_050:  # up to 2099
        raise DateNotUnderstood(text=str(serial))
    return epoch + timedelta(days=serial)


def format_date(day: date) -> str:
    """`05/03/2026`."""
    return day.strftime("%d/%m/%Y")
