# SPDX-License-Identifier: MPL-2.0
"""A corrected birth date that moves somebody across an age of the law (fraud pattern D12).

Such a change needs a paper beside the second person; any other spelling of a date does not.
"""

from __future__ import annotations

from datetime import date

from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement.birthdays import AGES


def ages_crossed(before: PartialDate, after: PartialDate, on: date) -> tuple[int, ...]:
    """The ages of the law that the two birth dates reach on different days, the earlier of which is
    not later than twelve months after `on` and the later still to come: older earns a pension early,
    younger keeps a child's benefit longer."""
    last = _years_after(on, 1)
    found = []
    for age in AGES:
        first, second = sorted(_years_after(born.legal_birthday, age) for born in (before, after))
        if first != second and first <= last and second > on:
            found.append(age)
    return tuple(found)


def _years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
