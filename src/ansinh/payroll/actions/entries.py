# SPDX-License-Identifier: MPL-2.0
"""Lines added by a decision: one officer proposes, another confirms or refuses, the next calculation of
the stream uses what was confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.payroll.actions.compare import ReasonNeeded
from ansinh.payroll.facts import STREAMS
from ansinh.payroll.lifecycles import ENTRY, EntryState
from ansinh.payroll.models import Entry
from ansinh.registry.models import Award
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class WrongStream(Refusal):
    """The award is paid from the other stream; fields: code."""

    code = "PAYROLL_ENTRY_WRONG_STREAM"


class NoAmount(Refusal):
    """The amount is not more than nothing."""

    code = "PAYROLL_ENTRY_NO_AMOUNT"


class OwnEntry(Refusal):
    """Who proposed a line cannot confirm or refuse it."""

    code = "PAYROLL_ENTRY_OWN"


def add_entry(
    *, award: Award, stream: str, kind: str, month: Month, amount_vnd: int, decision: str, reason: str,
    by: Officer, at: datetime,
) -> Entry:  # fmt: skip
    """Propose a grant, a correction or a recovery by a decision. Raises `WrongStream`, `NoAmount` or
    `ReasonNeeded`."""
    if not decision.strip() or not reason.strip():
        raise ReasonNeeded
    if amount_vnd <= 0:
        raise NoAmount
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


def confirm_entry(*, entry_id: int, by: Officer, at: datetime) -> None:
    """Confirm a proposed line; the next calculation uses it. Raises `OwnEntry` or `NotFromThisState`."""
    _check(entry_id=entry_id, event="confirm", note="", by=by, at=at)


def refuse_entry(*, entry_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Refuse a proposed line with a reason. Raises `ReasonNeeded`, `OwnEntry` or `NotFromThisState`."""
    if not reason.strip():
        raise ReasonNeeded
    _check(entry_id=entry_id, event="refuse", note=reason.strip()[:300], by=by, at=at)


def _check(*, entry_id: int, event: str, note: str, by: Officer, at: datetime) -> None:
    with transaction.atomic():
        found = Entry.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=entry_id)
        target = ENTRY.apply(EntryState(found.state), event)
        if bytes(found.made_by.citizen_number_bidx) == bytes(by.citizen_number_bidx):
            raise OwnEntry
        Entry.objects.filter(pk=entry_id).update(
            state=target.value, checked_at=at, checked_by=by, check_note=note
        )
        record(
            by=by.pk, at=at, act=f"payroll.{event}_entry", subject="person", subject_id=found.person_id,
            unit_id=found.commune_id, details={"entry": entry_id, "reason": note},
        )  # fmt: skip


def withdraw_entry(*, entry_id: int, by: Officer, at: datetime) -> None:
    """Take a line added by hand back before a payroll uses it. Raises `NotFromThisState`."""
    with transaction.atomic():
        found = Entry.objects.select_for_update().get(pk=entry_id)
        target = ENTRY.apply(EntryState(found.state), "withdraw")
        Entry.objects.filter(pk=entry_id).update(state=target.value)
        record(by=by.pk, at=at, act="payroll.withdraw_entry", subject="person", subject_id=found.person_id,
               unit_id=found.commune_id, details={"entry": entry_id})  # fmt: skip
