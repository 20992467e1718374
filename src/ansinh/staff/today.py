# SPDX-License-Identifier: MPL-2.0
"""Staff's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import permissions, waiting_grants
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Role grants that wait for this officer's confirmation."""
    on = now.astimezone(VIETNAM).date()
    if "staff.confirm" not in permissions(officer_id=officer_id, on=on):
        return
    count = waiting_grants(officer_id=officer_id, on=on).count()
    if count:
        yield Task(_("Vai trò chờ xác nhận"), count, reverse("staff:grants"))
