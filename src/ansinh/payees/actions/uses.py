# SPDX-License-Identifier: MPL-2.0
"""An approved account in use: suspended while something is doubtful, resumed, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.payees.actions.steps import NO_FAULT, OwnProposal, PayeeNeedsReason, fault_columns, locked, step
from ansinh.payees.models import AccountEvent
from ansinh.rules.months import Month
from ansinh.staff.models import Officer


def suspend_account(*, account_id: int, fault: str, note: str, by: Officer | None, at: datetime) -> None:
    """Pay nothing into an account until somebody has looked. `fault` is one of `records.FAULTS`.

    Raises `PayeeNeedsReason` or `NotFromThisState`.
    """
    if not note.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        step(account=locked(account_id=account_id), event="suspend", by=by, at=at, details={"fault": fault},
             **fault_columns(fault=fault, note=note))  # fmt: skip


def resume_account(*, account_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Let a suspended account be paid again; not by the one who suspended it.

    Raises `PayeeNeedsReason`, `OwnProposal` or `NotFromThisState`.
    """
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        account = locked(account_id=account_id)
        suspended = AccountEvent.objects.filter(account=account, event="suspend").order_by("-pk").first()
        if suspended is not None and suspended.by_id == by.pk:
            raise OwnProposal
        step(account=account, event="resume", by=by, at=at, details={"reason": reason[:300]}, **NO_FAULT)


def close_account(*, account_id: int, reason: str, by: Officer, at: datetime, on: date) -> None:
    """End an account: nothing is paid into it from this month on. Raises `PayeeNeedsReason` or
    `NotFromThisState`."""
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        account = locked(account_id=account_id)
        first = Month.of(on).first_day
        until = max(first, account.usable_from or first)
        if account.usable_until is not None:
            until = min(until, account.usable_until)
        step(account=account, event="close", by=by, at=at, details={"reason": reason[:300]},
             usable_until=until, asserted_until=on, fault_note=reason[:300])  # fmt: skip
