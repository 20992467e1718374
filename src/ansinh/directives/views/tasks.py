# SPDX-License-Identifier: MPL-2.0
"""The tasks of one's units: read, acknowledge, assign, report, finish, hand down; and the unit's plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.directives.actions import tasks as acts
from ansinh.directives.forms import HandDownForm, ReportForm
from ansinh.directives.measures import MEASURES
from ansinh.directives.models import Task, TaskReport
from ansinh.directives.queries import tasks as queries
from ansinh.directives.views.asked import file_answer, holds, number_asked, units_of
from ansinh.places.queries import children, with_history
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.queries import holders
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.fields import shown

PAGE = 50
WORK = "tasks.work"


@requires(WORK)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What is given to one's units, the earliest due first."""
    on, wrong = day_asked(request)
    which = request.GET.get("loc", "")
    units = units_of(request, WORK)
    found = queries.tasks_of(unit_ids=units, which=which, on=on)
    if request.GET.get("cua") == "toi":
        found = found.filter(officer=officer_of(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    figures = queries.measured(tasks=page, on=on)
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "rows": [(task, figures.get(task.pk)) for task in page], "page": page, "which": which, "on": on,
        "wrong": wrong, "query": query.urlencode(), "mine": request.GET.get("cua") == "toi",
        "new": [task.pk for task in page if task.state == "given"],
    }  # fmt: skip
    return render(request, "directives/tasks.html", context)


@requires(WORK)
@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Acknowledge the tasks that the page showed."""
    asked = [number_asked(each) for each in request.POST.getlist("task")]
    mine = Task.objects.filter(pk__in=[pk for pk in asked if pk], unit_id__in=units_of(request, WORK))
    many = acts.acknowledge(
        task_ids=list(mine.values_list("pk", flat=True)), by=officer_of(request), at=timezone.now()
    )
    messages.success(request, _("Đã nhận %(count)s việc.") % {"count": many})
    if len(asked) == 1 and asked[0] and request.POST.get("from") == "task":
        return redirect("directives:task", asked[0])
    return redirect("directives:tasks")


def _found(request: HttpRequest, task_id: int, permission: str = WORK) -> Task:
    found = (
        Task.objects.filter(pk=task_id, unit_id__in=units_of(request, permission))
        .select_related("unit", "officer", "parent__unit", "passed_from__unit", "order__directive__document")
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires("directives.read")
@require_GET
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task: what is ordered, what is counted, who does it, what was reported, who was reminded."""
    return _page(request, _found(request, task_id, "directives.read"))


def _page(
    request: HttpRequest,
    found: Task,
    *,
    report: ReportForm | None = None,
    hand_down: HandDownForm | None = None,
) -> HttpResponse:
    on = timezone.localdate()
    works = holds(request, WORK) and found.unit_id in units_of(request, WORK)
    below = found.children.select_related("unit", "officer").order_by("unit__sort_key")
    wrong = any(form is not None and form.errors for form in (report, hand_down))
    context: dict[str, Any] = {
        "task": found, "on": on, "late": found.state in queries.OPEN and found.due_on < on,
        "measured": queries.measured(tasks=[found], on=on).get(found.pk),
        "measure": MEASURES[found.order.measure].label if found.order.measure else "",
        "reports": found.reports.select_related("by").order_by("-at", "-pk"),
        "reminders": found.reminders.select_related("by").order_by("-at", "-pk")[:5],
        "difficulties": found.difficulties.order_by("-pk"), "works": works,
        "colleagues": _colleagues(found.unit_id, on) if works else [],
        "below": below, "done_below": sum(1 for each in below if each.state == "done"),
        "could_hand_down": works and not below and children(unit_id=found.unit_id, on=on)
        .exclude(level="hamlet").exists(),
        "report_form": report or ReportForm(),
        "hand_down_form": hand_down or HandDownForm(initial={"due_on": found.due_on}),
        "plan": queries.plan_of(directive_id=found.order.directive_id, unit_id=found.unit_id),
    }  # fmt: skip
    return render(request, "directives/task.html", context, status=422 if wrong else 200)


def _colleagues(unit_id: int, on: date) -> QuerySet[Officer]:
    """Who works on tasks of a unit: their role may still name a unit that it was made of."""
    return holders(permission=WORK, unit_ids=with_history(unit_ids=[unit_id]), on=on)


@requires(WORK)
@require_POST
def assign(request: HttpRequest, task_id: int) -> HttpResponse:
    """Name the officer who does it."""
    found = _found(request, task_id)
    officer = number_asked(request.POST.get("officer"))
    try:
        if officer:
            acts.assign(
                task_id=found.pk, officer_id=officer, by=officer_of(request), at=timezone.now(),
                on=timezone.localdate(),
            )  # fmt: skip
            messages.success(request, _("Đã giao cho cán bộ."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:task", found.pk)


@requires(WORK)
@require_POST
def report(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say how far it is."""
    found = _found(request, task_id)
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            acts.report(task_id=found.pk, **form.cleaned_data, by=officer_of(request), at=timezone.now())
        except Refusal as refused:
            form.add_error("words", shown(refused))
        else:
            messages.success(request, _("Đã ghi báo cáo."))
            return redirect("directives:task", found.pk)
    return _page(request, found, report=form)


@requires(WORK)
@require_POST
def move(request: HttpRequest, task_id: int) -> HttpResponse:
    """Finish, or open again."""
    found = _found(request, task_id)
    act = acts.reopen if request.POST.get("event") == "reopen" else acts.finish
    try:
        act(task_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã ghi."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:task", found.pk)


@requires(WORK)
@require_POST
def hand_down(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give it to every unit directly below."""
    found = _found(request, task_id)
    form = HandDownForm(request.POST)
    if form.is_valid():
        try:
            given = acts.hand_down(
                task_id=found.pk, due_on=form.cleaned_data["due_on"], by=officer_of(request),
                at=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("due_on", shown(refused))
        else:
            messages.success(request, _("Đã giao %(count)s đơn vị.") % {"count": given})
            return redirect("directives:task", found.pk)
    return _page(request, found, hand_down=form)


@requires("directives.issue")
@require_POST
def remind_one(request: HttpRequest, task_id: int) -> HttpResponse:
    """Remind one unit."""
    found = _found(request, task_id, "directives.issue")
    words = request.POST.get("words", "") or _("Đề nghị khẩn trương thực hiện.")
    acts.remind_one(task_id=found.pk, words=words, by=officer_of(request), at=timezone.now())
    messages.success(request, _("Đã nhắc %(unit)s.") % {"unit": found.unit.name})
    return redirect("directives:directive", found.order.directive_id)


@requires("directives.read")
@require_GET
def report_file(request: HttpRequest, report_id: int) -> FileResponse:
    """The file of a report."""
    found = TaskReport.objects.filter(
        pk=report_id, task__unit_id__in=units_of(request, "directives.read")
    ).first()
    if found is None:
        raise Http404
    return file_answer(found.file_sha256, found.file_name)
