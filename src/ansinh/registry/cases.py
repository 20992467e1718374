# SPDX-License-Identifier: MPL-2.0
"""Records as the law reads them: what `rules.entitlement` assesses."""

from __future__ import annotations

from ansinh.legislation.cases import read_facts
from ansinh.registry.models import Award, Person
from ansinh.registry.records import born_of
from ansinh.rules.entitlement import Award as AwardCase
from ansinh.rules.entitlement import Person as PersonCase
from ansinh.rules.months import Month


def award_case(award: Award) -> AwardCase:
    """An award as the law reads it: facts with their types, every span of suspension."""
    spans = [(Month.parse(first), Month.parse(last)) for first, last in award.earlier_suspensions]
    suspended: list[tuple[Month, Month | None]] = list(spans)
    if award.suspended_from is not None:
        until = Month.of(award.suspended_to) if award.suspended_to else None
        suspended.append((Month.of(award.suspended_from), until))
    return AwardCase(
        award.code, Month.of(award.first_month), Month.of(award.end_month) if award.end_month else None,
        read_facts(award.facts), tuple(suspended),
    )  # fmt: skip


def person_case(person: Person) -> PersonCase:
    """A person as the law reads them."""
    return PersonCase(
        born=born_of(person.born_on, person.born_precision), sex=person.sex or None,
        died_on=person.life_since if person.life == "dead" else None, household=person.household,
        disadvantaged_area=person.disadvantaged_area, pension_vnd=person.pension_vnd,
        lives_alone=person.lives_alone,
    )  # fmt: skip
