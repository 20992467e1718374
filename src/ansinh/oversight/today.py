# SPDX-License-Identifier: MPL-2.0
"""Oversight's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.oversight.models import Seed
from ansinh.oversight.queries.desk import cases
from ansinh.oversight.queries.samples import visits
from ansinh.rules.months import VIETNAM, Month
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Doors to knock at, cases that this officer leads, next month's words to publish."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)
    if "visits.random" in held:
        communes = jurisdiction(officer_id=officer_id, permission="visits.random", on=on)
        if count := visits(month=None, commune_ids=communes, state="open").count():
            yield Task(_("Lượt kiểm tra ngẫu nhiên chưa đi"), count, reverse("oversight:visits"))
    if "case.decide" in held:
        mine = cases(tab="open", rule="", officer_id=officer_id, commune_ids=None, on=on)
        if count := mine.count():
            late = cases(tab="late", rule="", officer_id=officer_id, commune_ids=None, on=on).count()
            yield Task(_("Nghi vấn giao cho bạn"), count, reverse("oversight:desk") + "?cua=toi", late)
    if "oversight.lead" in held:
        month = Month.of(on).next
        if not Seed.objects.filter(period=month.first_day).exists():
            yield Task(_("Câu rút mẫu tháng sau chưa công bố"), 1, reverse("oversight:samples"))
