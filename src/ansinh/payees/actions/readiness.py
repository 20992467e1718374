# SPDX-License-Identifier: MPL-2.0
"""What stands between somebody and an account, and a refusal on file: written by whoever visits, part
of the visit's transaction, read by the groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ansinh.payees.models import Obstacle, Place, Refusal
from ansinh.registry.models import Person
from ansinh.rules.readiness import Obstacle as Code
from ansinh.staff.models import Officer


def keep_obstacles(*, person: Person, codes: Iterable[Code], by: Officer | None, on: date) -> None:
    """The obstacles said now are those that hold from a day on; others end."""
    known = list(codes)
    living = Obstacle.objects.filter(person=person, until__isnull=True)
    living.exclude(code__in=[code.value for code in known]).update(until=on)
    there = set(living.values_list("code", flat=True))
    Obstacle.objects.bulk_create(
        Obstacle(person=person, commune_id=person.commune_id, code=code.value, prevents=code.prevents,
                 since=on, recorded_by=by)
        for code in known if code.value not in there
    )  # fmt: skip


def keep_refusal(
    *, person: Person, reason: str, signed_on: date, by: Officer, at: datetime,
    signed_how: str = "signature", witness: str = "", place: Place | None = None,
) -> Refusal:  # fmt: skip
    """Keep a signed refusal; one that was open ends on the day of the new one."""
    Refusal.objects.filter(person=person, until__isnull=True).update(until=signed_on)
    return Refusal.objects.create(
        person=person, commune_id=person.commune_id, place=place, reason=reason[:300], signed_on=signed_on,
        signed_how=signed_how, witness=witness[:120], recorded_at=at, recorded_by=by,
    )  # fmt: skip
