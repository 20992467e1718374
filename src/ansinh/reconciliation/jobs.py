# SPDX-License-Identifier: MPL-2.0
"""Background entries: results are fetched from the payer's interface."""

from __future__ import annotations

from datetime import UTC, datetime

from ansinh.background.queue import job
from ansinh.disbursement.actions import online
from ansinh.reconciliation.actions.fetch import fetch_results


@job("reconciliation.fetch_results", queue="payments", every="*/15 * * * *")
def fetch(timestamp: int) -> int:
    """Ask for the results of everything that left over the wire; returns how many files came."""
    at = datetime.fromtimestamp(timestamp, UTC)
    if online.payer() is None:
        return 0
    return sum(len(fetch_results(envelope=each, at=at)) for each in online.results_wanted(at=at))
