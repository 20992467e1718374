# SPDX-License-Identifier: MPL-2.0
"""Steering's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.directives.models import Answer, Complaint, Difficulty, Task
from ansinh.directives.queries import complaints as complaint_queries
from ansinh.directives.queries import tasks as task_queries
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task as Waiting


def waiting(officer_id: int, now: datetime) -> Iterable[Waiting]:
    """Tasks to acknowledge or to finish, difficulties whose turn it is here, complaints to answer."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)
    if "tasks.work" in held:
        units = jurisdiction(officer_id=officer_id, permission="tasks.work", on=on)
        mine = Task.objects.filter(unit_id__in=units, state__in=task_queries.OPEN)
        if new := mine.filter(state="given").count():
            yield Waiting(_("Việc được giao chưa nhận"), new, f"{reverse('directives:tasks')}?loc=not_begun")
        if late := mine.filter(due_on__lt=on).count():
            yield Waiting(_("Việc được giao quá hạn"), late, f"{reverse('directives:tasks')}?loc=late", late)
    if "difficulties.answer" in held or "difficulties.raise" in held:
        units = jurisdiction(officer_id=officer_id, permission="directives.read", on=on)
        turn = Difficulty.objects.filter(at_unit_id__in=units, state__in=["raised", "with_department"])
        if "difficulties.answer" not in held:
            turn = turn.filter(state="raised")
        if count := turn.count():
            late = turn.filter(due_on__lt=on).count()
            yield Waiting(_("Khó khăn, vướng mắc chờ xử lý"), count, reverse("directives:difficulties"), late)
    if "difficulties.issue" in held:
        drafted = Answer.objects.filter(state__in=["draft", "submitted_up"]).exclude(drafted_by_id=officer_id)
        if count := drafted.count():
            yield Waiting(_("Trả lời chờ ban hành"), count, reverse("directives:answers"))
    if "complaints.write" in held:
        todo = Complaint.objects.filter(state__in=complaint_queries.OPEN)
        if count := todo.count():
            late = todo.filter(due_on__lt=on).count()
            yield Waiting(_("Khiếu nại chờ trả lời"), count, reverse("directives:complaints"), late)
