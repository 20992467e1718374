# SPDX-License-Identifier: MPL-2.0
"""Who may receive for whom, from which month an account is paid, when a mandate ends.

The figures (cut-off day, ages, caps) come as data with dates: `PayRule`. Periods are months; a
payment for a month leaves on its pay days, and the provider reports before day 20 (NĐ 20/2021 Điều
34): a mandate that ends earlier in the month no longer receives for that month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ansinh.rules.months import Month

LAST_PAY_DAY = 20


class PayeeKind(StrEnum):
    """In which capacity somebody receives."""

    SELF = "self"
    PROXY = "proxy"
    GUARDIAN = "guardian"
    HOUSEHOLD = "household"
    CARER = "carer"
    INSTITUTION = "institution"
    DEPOSIT_BOOK = "deposit_book"

    @property
    def represents(self) -> bool:
        """Whether it stands in for somebody who may not hold an account alone (TT 17/2024/TT-NHNN
        Điều 11). A person without capacity authorises nobody, so a proxy does not."""
        return self in {
            PayeeKind.GUARDIAN, PayeeKind.HOUSEHOLD, PayeeKind.CARER, PayeeKind.INSTITUTION,
        }  # fmt: skip

    @property
    def is_person(self) -> bool:
        """Whether the payee is a natural person with a citizen number."""
        return self not in {PayeeKind.INSTITUTION, PayeeKind.DEPOSIT_BOOK}


@dataclass(frozen=True, slots=True)
class PayRule:
    """The figures in force from a day on."""

    valid_from: date
    cut_off_day: int = 25
    cooling_days: int = 10
    own_account_age: int = 15
    majority_age: int = 18
    proxy_alert: int = 3
    proxy_cap: int = 10
    mandate_months: int = 12
    reminder_days: int = 30


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody born on `born_on` turns `age`; 29 February becomes 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def first_period(done_on: date, rule: PayRule, *, changed: bool) -> Month:
    """The first month that may be paid into an account that was approved on a day.

    A month's list is fixed on the cut-off day of the month before: from that day on the month is
    closed to new accounts (E6). A change of an account within the cooling days before the cut-off
    waits a month more (D8).
    """
    month = Month.of(done_on)
    open_days = rule.cut_off_day - done_on.day
    late = open_days <= (rule.cooling_days if changed else 0)
    return month + (2 if late else 1)


def is_minor(born_on: date, on: date, rule: PayRule) -> bool:
    """Whether somebody is below the age at which they hold an account alone."""
    return on < birthday(born_on, rule.own_account_age)


def mandate_end(
    kind: PayeeKind, *, starts_on: date, asked_end: date | None, born_on: date, incapable: bool, rule: PayRule
) -> date | None:
    """The first day on which a mandate no longer holds; None: open.

    Standing in for a minor ends at majority, unless a court found the person incapable. A proxy
    without a written end holds for the months that the rule gives.
    """
    ends = [asked_end] if asked_end else []
    majority = birthday(born_on, rule.majority_age)
    if kind.represents and kind is not PayeeKind.INSTITUTION and starts_on < majority and not incapable:
        ends.append(majority)
    if not ends and kind is PayeeKind.PROXY:
        last = Month.of(starts_on) + rule.mandate_months
        ends.append(min(date(last.year, last.month, min(starts_on.day, last.last_day.day)), last.last_day))
    return min(ends) if ends else None


def mandate_periods(starts_on: date, ends_on: date | None) -> tuple[Month, Month | None]:
    """(first month that it receives for, first month that it no longer receives for)."""
    first = Month.of(starts_on) if starts_on.day == 1 else Month.of(starts_on).next
    if ends_on is None:
        return first, None
    last_day = ends_on - timedelta(days=1)
    through = Month.of(last_day) if last_day.day >= LAST_PAY_DAY else Month.of(last_day).previous
    return first, max(through.next, first)
