# SPDX-License-Identifier: MPL-2.0
"""Background entries: messages leave, months are frozen."""

from __future__ import annotations

from datetime import UTC, datetime

from ansinh.background.queue import job
from ansinh.outreach.actions.messages import send_waiting
from ansinh.outreach.actions.targets import FiguresFrozen, freeze_month
from ansinh.outreach.notices import adapter_named
from ansinh.rules.months import Month

MOST_BATCHES = 200  # of one run; the next run goes on


@job("outreach.send_notices", queue="housekeeping")
def send_notices() -> int:
    """Hand over what waits, commune by commune; returns how many messages."""
    adapter, sent = adapter_named(), 0
    for _batch in range(MOST_BATCHES):
        handed = send_waiting(adapter=adapter, at=datetime.now(UTC))
        if handed == 0:
            break
        sent += handed
    return sent


@job("outreach.freeze_month", queue="housekeeping", every="30 17 * * *")
def freeze_last_month(timestamp: int) -> int:
    """At 00:30 of every day in Viet Nam: freeze the month before, if nobody has yet."""
    at = datetime.fromtimestamp(timestamp, UTC)
    try:
        return freeze_month(month=Month.at(at).previous, by=None, at=at)
    except FiguresFrozen:
        return 0
