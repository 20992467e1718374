# SPDX-License-Identifier: MPL-2.0
"""Background entries: envelopes leave over the wire, those in doubt are asked about."""

from __future__ import annotations

from datetime import UTC, datetime

from ansinh.background.queue import job
from ansinh.disbursement.actions import online
from ansinh.staff.models import Officer


@job("disbursement.send", queue="payments")
def send(*, envelope_id: int, officer_id: int) -> str:
    """Send one envelope that an officer ordered to leave."""
    by = Officer.objects.get(pk=officer_id)
    return online.send(envelope_id=envelope_id, by=by, at=datetime.now(UTC))


@job("disbursement.enquire", queue="payments", every="*/5 * * * *")
def enquire(timestamp: int) -> int:
    """Ask about every envelope in doubt; returns how many were."""
    at = datetime.fromtimestamp(timestamp, UTC)
    if online.payer() is None:
        return 0
    doubtful = online.in_doubt(at=at)
    for envelope_id in doubtful:
        online.enquire(envelope_id=envelope_id, at=at)
    return len(doubtful)
