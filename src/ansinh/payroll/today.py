# SPDX-License-Identifier: MPL-2.0
"""Payroll's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.payroll.models import STREAMS, Entry, Payroll
from ansinh.payroll.views.board import due_on
from ansinh.places.models import Unit
from ansinh.rules.months import VIETNAM, Month
from ansinh.staff.queries import jurisdiction
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """For who prepares: payrolls returned, not submitted, to be locked, not begun; for who checks: lines
    added by decision."""
    on = now.astimezone(VIETNAM).date()
    mine = jurisdiction(officer_id=officer_id, permission="batch.prepare", on=on)
    if mine:
        yield from _to_prepare(mine, on)
    checks = jurisdiction(officer_id=officer_id, permission="payroll.check", on=on)
    if checks:
        proposed = Entry.objects.filter(state="proposed", commune_id__in=checks).exclude(
            made_by_id=officer_id
        )
        if count := proposed.count():
            yield Task(_("Dòng thêm theo quyết định chờ kiểm tra"), count, reverse("payroll:entries"))


def _to_prepare(units: set[int], on: date) -> Iterable[Task]:
    board = reverse("payroll:board")
    open_ones = Payroll.objects.filter(unit_id__in=units)
    for state, label in (
        ("returned", _("Bảng chi bị trả lại")),
        ("calculated", _("Bảng chi đã tính, chưa trình")),
        ("approved", _("Bảng chi đã duyệt, chờ khóa")),
    ):
        found = list(open_ones.filter(state=state).values_list("period", flat=True))
        if found:
            late = sum(1 for period in found if on >= due_on(Month.of(period)))
            newest = Month.of(max(found))
            yield Task(label, len(found), f"{board}?thang={newest}", late)
    month = Month.of(on).next
    if missing := _not_begun(units, month, on):
        late = missing if on >= due_on(month) else 0
        yield Task(
            _("Bảng chi %(month)s chưa lập") % {"month": month.vi}, missing, f"{board}?thang={month}", late
        )


def _not_begun(units: set[int], month: Month, on: date) -> int:
    """Communes × streams that nobody has begun to pay for a month."""
    communes = set(
        Unit.objects.filter(pk__in=units, level="commune", validity__contains=on).values_list("pk", flat=True)
    )
    missing = 0
    for stream in STREAMS:
        paid = Payroll.objects.filter(
            Q(period=month.first_day) | Q(period=month.previous.first_day, months=2), stream=stream
        ).exclude(state="cancelled")
        covered = {
            unit for communes_paid in paid.values_list("communes", flat=True) for unit in communes_paid
        }
        missing += len(communes - covered)
    return missing
