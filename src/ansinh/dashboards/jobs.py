# SPDX-License-Identifier: MPL-2.0
"""What counts the figures by the clock."""

from __future__ import annotations

from django.utils import timezone

from ansinh.background.queue import job
from ansinh.dashboards.actions import refresh_month
from ansinh.rules.months import Month


@job("dashboards.refresh", queue="housekeeping", every="5 * * * *")
def refresh(timestamp: int) -> None:
    """Count this month and the last one anew."""
    month = Month.of(timezone.localdate())
    for each in (month.previous, month):
        refresh_month(month=each, at=timezone.now())
