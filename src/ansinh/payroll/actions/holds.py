# SPDX-License-Identifier: MPL-2.0
"""Holding a person's payments and releasing them; lines added by a decision. Both take effect at the
next calculation."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.payroll.actions.compare import ReasonNeeded
from ansinh.payroll.facts import STREAMS
from ansinh.payroll.lifecycles import ENTRY, HOLD, EntryState, HoldState
from ansinh.payroll.models import Entry, Hold
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class HoldOpen(Refusal):
    """The person is held already."""

    code = "PAYROLL_HOLD_OPEN"


class WrongStream(Refusal):
    """The award is paid from the other stream; fields: code."""

    code = "PAYROLL_ENTRY_WRONG_STREAM"


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


def add_entry(
    *, award: Award, stream: str, kind: str, month: Month, amount_vnd: int, decision: str, reason: str,
    by: Officer, at: datetime,
) -> Entry:  # fmt: skip
    """Add a grant, a correction or a recovery by a decision; the next calculation of the stream uses
    it. Raises `WrongStream` or `ReasonNeeded`."""
    if not decision.strip() or not reason.strip():
        raise ReasonNeeded
    if load().categories[award.code].stream != STREAMS[stream]:
        raise WrongStream(code=award.code)
    with transaction.atomic():
        made = Entry.objects.create(
            person_id=award.person_id, award=award, commune_id=award.commune_id, stream=stream, kind=kind,
            benefit_month=month.first_day, amount_vnd=amount_vnd, decision=decision.strip()[:120],
            reason=reason.strip()[:300], made_at=at, made_by=by,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="payroll.add_entry", subject="person", subject_id=award.person_id,
            unit_id=award.commune_id,
            details={"entry": made.pk, "kind": kind, "amount_vnd": amount_vnd, "decision": decision[:120]},
        )  # fmt: skip
    return made


def withdraw_entry(*, entry_id: int, by: Officer, at: datetime) -> None:
    """Take a line added by hand back before a payroll uses it. Raises `NotFromThisState`."""
    with transaction.atomic():
        found = Entry.objects.select_for_update().get(pk=entry_id)
        target = ENTRY.apply(EntryState(found.state), "withdraw")
        Entry.objects.filter(pk=entry_id).update(state=target.value)
        record(by=by.pk, at=at, act="payroll.withdraw_entry", subject="person", subject_id=found.person_id,
               unit_id=found.commune_id, details={"entry": entry_id})  # fmt: skip
