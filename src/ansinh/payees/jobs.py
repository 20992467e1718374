# SPDX-License-Identifier: MPL-2.0
"""Background entries: what a day brings, and the rules that look for doubt."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from ansinh.background.queue import job
from ansinh.payees.actions import keep_dates, raise_cases
from ansinh.rules.months import VIETNAM
from ansinh.staff.scope import open_to_all


@job("payees.keep_dates", queue="housekeeping", every="10 17 * * *")
def bring_the_day(timestamp: int) -> int:
    """At 00:10 of every day in Viet Nam: accounts begin and end, mandates end, reminders are left; returns
    how many rows moved."""
    at = datetime.fromtimestamp(timestamp, UTC)
    with transaction.atomic():
        open_to_all()
        done = keep_dates(at=at, on=at.astimezone(VIETNAM).date())
    return done.activated + done.replaced + done.ended + done.reminded


@job("payees.raise_cases", queue="housekeeping", every="20 17 * * *")
def look_for_doubt(timestamp: int) -> int:
    """At 00:20 of every day: run the rules over all accounts and mandates; returns how many cases."""
    at = datetime.fromtimestamp(timestamp, UTC)
    with transaction.atomic():
        open_to_all()
        raised = raise_cases(at=at, on=at.astimezone(VIETNAM).date())
    return sum(raised.values())
