# SPDX-License-Identifier: MPL-2.0
"""Reconciliation's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.reconciliation.models import Case, ResultFile
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task

LATE = timedelta(days=3)


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Open cases and held files of the officer's units; a case is late after three days."""
    on = now.astimezone(VIETNAM).date()
    if "results.import" not in permissions(officer_id=officer_id, on=on):
        return
    units = jurisdiction(officer_id=officer_id, permission="results.import", on=on)
    opened = list(Case.objects.filter(unit_id__in=units, state="open").values_list("opened_at", flat=True))
    if opened:
        late = sum(1 for at in opened if now - at > LATE)
        yield Task(_("Ngoại lệ chờ xử lý"), len(opened), reverse("reconciliation:cases"), late)
    if held := ResultFile.objects.filter(unit_id__in=units, state="held").count():
        yield Task(_("Tệp kết quả bị giữ vì tổng không khớp"), held, reverse("reconciliation:files"))
