# SPDX-License-Identifier: MPL-2.0
"""What stands between somebody and an account, and a refusal on file: written by whoever visits, part
of the visit's transaction, read by the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.payees.models import Obstacle, Place, Refusal
from ansinh.registry.models import Person
from ansinh.rules.readiness import Obstacle as Code
from ansinh.staff.models import Officer


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said on a day stands between them and an account."""

    person: Person
    codes: frozenset[Code]
    on: date


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed refusal: why, when and how, before whom, in which place of a round."""

    person: Person
    reason: str
    on: date
    how: str = "signature"
    witness: str = ""
    place: Place | None = None


def keep_obstacles(*, said: Sequence[Said], by: Officer | None) -> None:
    """The obstacles said now are those that hold from a day on; others end. Each person once; a few
    statements for as many as there are. Part of the caller's transaction."""
    living: dict[int, dict[str, int]] = {}
    rows = Obstacle.objects.filter(person__in=[each.person.pk for each in said], until__isnull=True)
    for pk, person, code in rows.values_list("pk", "person_id", "code"):
        living.setdefault(person, {})[code] = pk
    ended: dict[date, list[int]] = {}
    for each in said:
        known = {code.value for code in each.codes}
        over = [pk for code, pk in living.get(each.person.pk, {}).items() if code not in known]
        ended.setdefault(each.on, []).extend(over)
    for on, pks in ended.items():
        if pks:
            Obstacle.objects.filter(pk__in=pks).update(until=on)
    Obstacle.objects.bulk_create(
        Obstacle(person=each.person, commune_id=each.person.commune_id, code=code.value,
                 prevents=code.prevents, since=each.on, recorded_by=by)
        for each in said for code in Code
        if code in each.codes and code.value not in living.get(each.person.pk, {})
    )  # fmt: skip


def keep_refusals(*, signed: Sequence[Signed], by: Officer, at: datetime) -> None:
    """Keep signed refusals; one that was open ends on the day of the new one. Each person once. Part of
    the caller's transaction."""
    for on in {each.on for each in signed}:
        people = [each.person.pk for each in signed if each.on == on]
        Refusal.objects.filter(person__in=people, until__isnull=True).update(until=on)
    Refusal.objects.bulk_create(
        Refusal(
            person=each.person, commune_id=each.person.commune_id, place=each.place,
            reason=each.reason[:300], signed_on=each.on, signed_how=each.how, witness=each.witness[:120],
            recorded_at=at, recorded_by=by,
        )
        for each in signed
    )  # fmt: skip
