# SPDX-License-Identifier: MPL-2.0
"""Working days between two days: Monday to Friday but for the holidays that have a fixed date.

Holidays by the moon (Tết, the Hùng Kings' day) are not left out: what counts by these days is an alarm
that may come early, never late.
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = frozenset({(1, 1), (30, 4), (1, 5), (2, 9)})  # (day, month), Labour Code 2019, Article 112


def is_working_day(day: date) -> bool:
    """Whether offices and banks work on a day, as far as the calendar alone tells."""
    return day.weekday() < 5 and (day.day, day.month) not in FIXED


def working_days_since(start: date, on: date) -> int:
    """How many working days have begun after `start` up to `on`: T+1 is the first of them.

    >>> working_days_since(date(2024, 3, 1), date(2024, 3, 4))  # Friday to Monday
    1
    """
    days = (on - start).days
    return sum(is_working_day(start + timedelta(days=each)) for each in range(1, days + 1))


def working_day_before(on: date, count: int) -> date:
    """The latest day from which `count` working days have begun by `on`."""
    day = on
    while working_days_since(day, on) < count:
        day -= timedelta(days=1)
    return day
