# SPDX-License-Identifier: MPL-2.0
"""Benefit months: their own type, so that a month is never mistaken for its first day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.rules.refusals import VIETNAM, Refusal

__all__ = ["VIETNAM", "Month", "MonthNotUnderstood"]


_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_TYPED = re.compile(r"([0-9]{1,2})[/-]([0-9]{4})")


class MonthNotUnderstood(Refusal):
    """Text that names no month."""

    code = "MONTH_NOT_UNDERSTOOD"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Months order, subtract and step like integers."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1800 <= self.year <= 9998):
            raise MonthNotUnderstood(text=f"{self.month}/{self.year}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2024-08`, `08/2024` or `8/2024`. Raises `MonthNotUnderstood`."""
        cleaned = str(text).strip()
        if found := _ISO.fullmatch(cleaned):
            return cls(int(found[1]), int(found[2]))
        if found := _TYPED.fullmatch(cleaned):
            return cls(int(found[2]), int(found[1]))
        raise MonthNotUnderstood(text=cleaned[:40])

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def at(cls, instant: datetime) -> Month:
        """The month in Viet Nam at an aware instant: 06:59 on 1 February there is still January
        in UTC."""
        if instant.tzinfo is None:
            raise ValueError("an instant carries its time zone")
        return cls.of(instant.astimezone(VIETNAM).date())

    @classmethod
    def range(cls, first: Month, last: Month) -> Iterator[Month]:
        """Every month from `first` to `last`, both included."""
        for ordinal in range(first.ordinal, last.ordinal + 1):
            yield cls.from_ordinal(ordinal)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The month with this count of months since year 0."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def ordinal(self) -> int:
        """Months since year 0: the difference of two ordinals is a number of months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def next(self) -> Month:
        """The month after."""
        return self + 1

    @property
    def previous(self) -> Month:
        """The month before."""
        return self - 1

    @property
    def vi(self) -> str:
        """`tháng 8/2024`."""
        return f"tháng {self.month}/{self.year}"

    def __add__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal - months)

    def until(self, later: Month) -> int:
        """How many months from this one to `later` (negative when `later` is earlier)."""
        return later.ordinal - self.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
