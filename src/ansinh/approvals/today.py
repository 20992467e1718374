# SPDX-License-Identifier: MPL-2.0
"""Approvals' part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.approvals.queries import waiting_for
from ansinh.rules.months import VIETNAM
from ansinh.ui.navigation import Task

LATE = timedelta(days=3)


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Submissions that wait for this officer's approval; late after three days."""
    found = waiting_for(officer_id=officer_id, on=now.astimezone(VIETNAM).date())
    times = list(found.values_list("submitted_at", flat=True))
    if times:
        late = sum(1 for at in times if now - at > LATE)
        yield Task(_("Chờ tôi duyệt"), len(times), reverse("approvals:inbox"), late)
