# SPDX-License-Identifier: MPL-2.0
"""What repeats by the clock."""

from __future__ import annotations

from django.utils import timezone

from ansinh.background.queue import job
from ansinh.directives.actions.tasks import pass_on


@job("directives.pass_on", queue="housekeeping", every="30 18 * * *")
def pass_on_tasks(timestamp: int) -> None:
    """Give the open tasks of units that were abolished to the communes that answer for them."""
    pass_on(at=timezone.now(), on=timezone.localdate())
