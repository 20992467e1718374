# SPDX-License-Identifier: MPL-2.0
"""Changes that a birthday will bring. They are proposals: a change of level needs a decision."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.rules.entitlement.assess import assess
from ansinh.rules.entitlement.case import Assessment, Award, Case, Person
from ansinh.rules.law import Law
from ansinh.rules.months import Month

AGES = (3, 4, 16, 18, 22, 60, 70, 75, 80)


@dataclass(frozen=True, slots=True)
class BirthdayChange:
    """An award whose amount a birthday changes, from `month` on (0: nothing is owed any more)."""

    code: str
    age: int
    month: Month
    before_vnd: int
    after_vnd: int


def _amount(answer: Assessment, code: str) -> int:
    return sum(line.amount_vnd for line in answer.lines if line.code == code)


def birthdays(
    law: Law,
    person: Person,
    awards: tuple[Award, ...],
    month: Month,
    *,
    province: str | None = None,
) -> list[BirthdayChange]:
    """What the birthday in `month` changes: an increase from `month`, a decrease or an end from
    the month after. Empty when the person has no birthday of `AGES` in that month."""
    if person.born is None or month.month != (person.born.month or 1):
        return []
    age = month.year - person.born.year
    if age not in AGES:
        return []
    found = []
    answers = [
        assess(law, Case(each, person, awards, province)) for each in (month.previous, month, month.next)
    ]
    for code in dict.fromkeys(award.code for award in awards):
        before, during, after = (_amount(answer, code) for answer in answers)
        if during != before:
            found.append(BirthdayChange(code, age, month, before, during))
        if after != during:
            found.append(BirthdayChange(code, age, month.next, during, after))
    return found
