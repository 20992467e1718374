# SPDX-License-Identifier: MPL-2.0
"""A case, reduced to the facts that the law reads, and the shape of an answer.

`Facts` is all that a decision may look at. Two people with equal facts get the same answer, so the
answer can be shared: that is sound because the decision never sees anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ansinh.rules.dates import PartialDate
from ansinh.rules.law import Law
from ansinh.rules.months import Month

FactValue = int | bool | str | date | Month


@dataclass(frozen=True, slots=True)
class Person:
    """What the law reads of a person."""

    born: PartialDate | None = None
    sex: str | None = None
    died_on: date | None = None
    household: str = "other"
    disadvantaged_area: bool = False
    pension_vnd: int = 0
    lives_alone: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """A decision to pay: first month, last month (None: open), facts, months of suspension."""

    code: str
    start: Month
    end: Month | None = None
    facts: tuple[tuple[str, FactValue], ...] = ()
    suspended: tuple[tuple[Month, Month | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One person for one month."""

    month: Month
    person: Person
    awards: tuple[Award, ...]
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An amount owed. `amount_vnd` in đồng; `steps` in plain Vietnamese, in order."""

    code: str
    amount_vnd: int
    kind: str
    row: str
    group: str
    payee: str
    citations: tuple[str, ...]
    steps: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class NotOwed:
    """An award that owes nothing this month, and why."""

    code: str
    why: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one person and month."""

    lines: tuple[Line, ...]
    not_owed: tuple[NotOwed, ...]
    total_vnd: int


class AwardFacts(NamedTuple):
    """An award as a decision sees it. `timing`: active, not_yet, ended, suspended, other_month."""

    code: str
    timing: str
    facts: tuple[tuple[str, FactValue], ...]
    event_on: date | None


class Facts(NamedTuple):
    """Everything that a decision may look at.

    `ages` are the completed years on the last day before the month and on its last day: a level
    that rises at a birthday rises in the month of the birthday, one that falls falls in the month
    after (NĐ 20/2021/NĐ-CP Điều 8: change from the month the condition is met, stop from the month
    after; for decreases an open question, Q11).
    """

    ages: tuple[int, int] | None
    partial_birth: bool
    death: str  # "no", "this_month", "earlier"
    household: str
    disadvantaged_area: bool
    pension_vnd: int
    lives_alone: bool
    awards: tuple[AwardFacts, ...]


_ONE_DAY = timedelta(days=1)


def ages_around(born: PartialDate, month: Month) -> tuple[int, int]:
    """Completed years on the day before `month` and on its last day."""
    birth_month, birth_day = born.month or 1, born.day or 1
    before_month, before_year = (
        (12, month.year - 1)
        if month.month == 1
        else (
            month.month - 1,
            month.year,
        )
    )
    # The day before the month is the last day of the month before: every day of that month is past.
    before = before_year - born.year - (before_month < birth_month)
    if birth_day >= 29 and before_month == birth_month:
        before = born.age_on(month.first_day - _ONE_DAY)  # 29 to 31 may not exist in that month
    after = month.year - born.year - (month.month < birth_month)
    if birth_day >= 29 and month.month == birth_month:
        after = born.age_on(month.last_day)
    return before, after


def _timing(award: Award, month: Month, *, one_off: bool) -> tuple[str, date | None]:
    if one_off:
        event_on = next((value for name, value in award.facts if name == "event_on"), None)
        event = event_on if isinstance(event_on, date) else award.start.first_day
        return ("active" if Month.of(event) == month else "other_month"), event
    if month < award.start:
        return "not_yet", None
    if award.end is not None and award.end < month:
        return "ended", None
    for first, last in award.suspended:
        if first <= month and (last is None or month <= last):
            return "suspended", None
    return "active", None


def _facts_read(award: Award, month: Month) -> tuple[tuple[str, FactValue], ...]:
    """The facts with each date turned into what it means for this month."""
    if not award.facts:
        return ()
    read: list[tuple[str, FactValue]] = []
    for name, value in award.facts:
        if name == "decision_month" and isinstance(value, Month):
            read.append(("decided", value <= month))
        elif name == "study_until" and isinstance(value, Month):
            read.append(("studying", month <= value))
        elif name != "event_on":
            read.append((name, value))
    return tuple(read)


def facts_of(case: Case, law: Law) -> Facts:
    """Reduce a case to what the law reads of it: a fact that no award of the person looks at is
    left out, so that a war invalid's answer is not computed again for every age."""
    person, month = case.person, case.month
    one_off, reads = law.one_off, law.reads
    death = "no"
    if person.died_on is not None:
        died = Month.of(person.died_on)
        death = "this_month" if died == month else "earlier" if died < month else "no"
    awards = []
    age = household = area = pension = alone = False
    for award in case.awards:
        read = reads[award.code]
        age |= read.age
        household |= read.household
        area |= read.area
        pension |= read.pension
        alone |= read.alone
        timing, event = _timing(award, month, one_off=award.code in one_off)
        awards.append(AwardFacts(award.code, timing, _facts_read(award, month), event))
    born = person.born if age else None
    return Facts(
        ages_around(born, month) if born is not None else None,
        born is not None and born.day is None,
        death,
        person.household if household else "other",
        area and person.disadvantaged_area,
        person.pension_vnd if pension else 0,
        alone and person.lives_alone,
        tuple(awards),
    )
