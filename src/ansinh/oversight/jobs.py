# SPDX-License-Identifier: MPL-2.0
"""What is drawn and noticed by the clock."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ansinh.background.queue import job
from ansinh.oversight.actions.draws import draw_waiting
from ansinh.payees.actions.cases import raise_cases
from ansinh.staff.scope import open_to_all


@job("oversight.draw", queue="housekeeping", every="20 * * * *")
def draw_samples(timestamp: int) -> int:
    """Draw the samples of payrolls that were locked since; returns how many."""
    return draw_waiting(at=timezone.now())


@job("oversight.cases", queue="housekeeping", every="40 18 * * *")
def look_for_cases(timestamp: int) -> int:
    """Run every rule over every commune, at night; returns how many cases were raised."""
    with transaction.atomic():
        open_to_all()
        return sum(raise_cases(at=timezone.now(), on=timezone.localdate()).values())
