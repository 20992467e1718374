# SPDX-License-Identifier: MPL-2.0
"""Reconciliation's part of "Việc hôm nay"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.reconciliation.labels import ALARMS
from ansinh.reconciliation.models import Alarm, Case, ResultFile
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task

LATE = timedelta(days=3)


def _alarms(units: Iterable[int]) -> Iterable[Task]:
    """What the sweep found in these units, a line a kind; those that are late are counted as such."""
    kinds: Counter[str] = Counter(
        Alarm.objects.filter(closed_at__isnull=True, unit_id__in=units).values_list("kind", flat=True)
    )
    for kind, (label, _todo, badge) in ALARMS.items():
        if many := kinds[kind]:
            address = f"{reverse('reconciliation:alarms')}?loai={kind}"
            yield Task(str(label), many, address, many if badge == "stop" else 0)


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Open cases and held files of the officer's units; a case is late after three days."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)
    if "money.read" in held:
        units = jurisdiction(officer_id=officer_id, permission="money.read", on=on)
        yield from _alarms(units)
    if "results.import" not in held:
        return
    units = jurisdiction(officer_id=officer_id, permission="results.import", on=on)
    opened = list(Case.objects.filter(unit_id__in=units, state="open").values_list("opened_at", flat=True))
    if opened:
        late = sum(1 for at in opened if now - at > LATE)
        yield Task(_("Ngoại lệ chờ xử lý"), len(opened), reverse("reconciliation:cases"), late)
    if kept := ResultFile.objects.filter(unit_id__in=units, state="held").count():
        yield Task(_("Tệp kết quả bị giữ vì tổng không khớp"), kept, reverse("reconciliation:files"))
