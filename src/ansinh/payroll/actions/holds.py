# SPDX-License-Identifier: MPL-2.0
"""Holding a person's payments and releasing them: both take effect at the next calculation."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.payroll.actions.compare import ReasonNeeded
from ansinh.payroll.lifecycles import HOLD, HoldState
from ansinh.payroll.models import Hold
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class HoldOpen(Refusal):
    """The person is held already."""

    code = "PAYROLL_HOLD_OPEN"


def place_hold(*, person: Person, stream: str, reason: str, by: Officer, at: datetime) -> Hold:
    """Hold a person's payments of a stream ('' = all). Raises `HoldOpen` or `ReasonNeeded`."""
    if not reason.strip():
        raise ReasonNeeded
    try:
        with transaction.atomic():
            made = Hold.objects.create(
                person=person, commune_id=person.commune_id, stream=stream, reason=reason.strip()[:300],
                placed_at=at, placed_by=by,
            )  # fmt: skip
            record(
                by=by.pk, at=at, act="payroll.place_hold", subject="person", subject_id=person.pk,
                unit_id=person.commune_id, details={"hold": made.pk, "reason": reason[:300]},
            )  # fmt: skip
    except IntegrityError as placed:
        raise HoldOpen from placed
    return made


def release_hold(*, hold_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Release a hold. Raises `ReasonNeeded` or `NotFromThisState`."""
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        found = Hold.objects.select_for_update().get(pk=hold_id)
        target = HOLD.apply(HoldState(found.state), "release")
        Hold.objects.filter(pk=hold_id).update(
            state=target.value, released_at=at, released_by=by, release_reason=reason.strip()[:300]
        )
        record(
            by=by.pk, at=at, act="payroll.release_hold", subject="person", subject_id=found.person_id,
            unit_id=found.commune_id, details={"hold": hold_id, "reason": reason[:300]},
        )  # fmt: skip


def pay_on(*, person: Person, stream: str, decision: str, by: Officer, at: datetime) -> Hold:
    """Pay somebody again who did not collect for three months, what waits included, by a decision: a
    hold that is placed and released at once keeps it. Raises `HoldOpen` or `ReasonNeeded`."""
    with transaction.atomic():
        made = place_hold(person=person, stream=stream, reason=decision, by=by, at=at)
        release_hold(hold_id=made.pk, reason=decision, by=by, at=at)
    return made
