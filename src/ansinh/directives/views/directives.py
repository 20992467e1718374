# SPDX-License-Identifier: MPL-2.0
"""Documents, what they order, and who has not begun, is late, is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.directives.actions import issue as acts
from ansinh.directives.actions.tasks import remind
from ansinh.directives.forms import DocumentForm, OrderForm
from ansinh.directives.measures import MEASURES
from ansinh.directives.models import Directive, Document, Plan
from ansinh.directives.queries import tasks as queries
from ansinh.directives.views.asked import file_answer, holds, living_units, number_asked, units_of
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.fields import shown

PAGE = 50


@requires("directives.read")
@require_GET
def directives(request: HttpRequest) -> HttpResponse:
    """The documents that order something to one's units, and every document recorded."""
    found = queries.seen_directives(unit_ids=units_of(request, "directives.read"))
    documents = Document.objects.order_by("-issued_on", "-pk").prefetch_related("references__refers_to")
    context = {
        "found": found[:PAGE], "documents": documents[:PAGE], "may_issue": holds(request, "directives.issue"),
    }  # fmt: skip
    return render(request, "directives/directives.html", context)


@requires("directives.issue")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a document."""
    known = Document.objects.order_by("-issued_on", "-pk")[:PAGE]
    choices = [(str(each.pk), f"{each.kind} {each.number} ({each.issued_on:%d/%m/%Y})") for each in known]
    form = DocumentForm(request.POST or None, request.FILES or None, documents=choices)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["refers_to"] = [int(each) for each in data["refers_to"]]
        try:
            acts.record_document(**data, by=officer_of(request), at=timezone.now())
        except Refusal as refused:
            form.add_error("number", shown(refused))
        else:
            messages.success(request, _("Đã ghi văn bản."))
            return redirect("directives:directives")
    return render(request, "directives/record.html", {"form": form}, status=422 if form.errors else 200)


@requires("directives.read")
@require_GET
def document_file(_request: HttpRequest, document_id: int) -> FileResponse:
    """The file of a document."""
    found = Document.objects.filter(pk=document_id).first()
    if found is None:
        raise Http404
    return file_answer(found.file_sha256, found.file_name)


@requires("directives.issue")
@require_POST
def begin(request: HttpRequest, document_id: int) -> HttpResponse:
    """Begin to write down what a document orders."""
    units = [int(pk) for pk, _name in living_units(request, "directives.issue", ("province", "district"))]
    units = units or [int(pk) for pk, _name in living_units(request, "directives.issue")]
    found = Document.objects.filter(pk=document_id).first()
    if found is None or not units:
        raise Http404
    try:
        made = acts.draft_directive(
            document_id=found.pk, unit_id=units[0], orders=[], by=officer_of(request), at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("directives:directives")
    return redirect("directives:directive", made.pk)


def _found(request: HttpRequest, directive_id: int) -> Directive:
    seen = queries.seen_directives(unit_ids=units_of(request, "directives.read"))
    found = seen.filter(pk=directive_id).first()
    if found is None:
        raise Http404
    return found


def _may_issue(request: HttpRequest, found: Directive) -> bool:
    return holds(request, "directives.issue") and found.unit_id in units_of(request, "directives.issue")


@requires("directives.read")
@require_GET
def directive(request: HttpRequest, directive_id: int) -> HttpResponse:
    """One directive: its orders with their counts, and the units in one way or another."""
    return _page(request, _found(request, directive_id))


def _page(request: HttpRequest, found: Directive, form: OrderForm | None = None) -> HttpResponse:
    on, wrong = day_asked(request)
    units = units_of(request, "directives.read")
    board = queries.board(directive_id=found.pk, unit_ids=units, on=on)
    counted = queries.measured_orders(directive=found, on=on)
    orders = [
        {
            "order": each, "board": board.get(each.pk, queries.Board()), "measured": counted.get(each.pk),
            "measure": MEASURES[each.measure].label if each.measure else "",
        }
        for each in found.orders.order_by("position")
    ]  # fmt: skip
    which = request.GET.get("loc", "not_begun")
    one = number_asked(request.GET.get("viec"))
    tasks = queries.tasks_of(unit_ids=units, which=which, on=on).filter(order__directive=found)
    if one:
        tasks = tasks.filter(order_id=one)
    page = Paginator(tasks, PAGE).get_page(request.GET.get("trang"))
    figures = queries.measured(tasks=page, on=on)
    plans = Plan.objects.filter(directive=found, unit_id__in=units)
    query = request.GET.copy()
    query.pop("trang", None)
    context: dict[str, Any] = {
        "directive": found, "orders": orders, "rows": [(task, figures.get(task.pk)) for task in page],
        "page": page, "which": which, "one": one, "on": on, "wrong": wrong, "query": query.urlencode(),
        "may_issue": _may_issue(request, found), "form": form or OrderForm(),
        "references": found.document.references.select_related("refers_to"),
        "plans_issued": plans.filter(state="issued").count(), "plans_begun": plans.count(),
    }  # fmt: skip
    return render(request, "directives/directive.html", context, status=422 if form and form.errors else 200)


@requires("directives.issue")
@require_POST
def add_order(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Add one order to a draft."""
    found = _found(request, directive_id)
    if not _may_issue(request, found):
        raise Http404
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            acts.add_order(
                directive_id=found.pk, ordered=form.ordered(), by=officer_of(request), at=timezone.now()
            )
        except Refusal as refused:
            form.add_error("due_on", shown(refused))
        else:
            return redirect("directives:directive", found.pk)
    return _page(request, found, form)


@requires("directives.issue")
@require_POST
def move(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Issue, close or give up."""
    found = _found(request, directive_id)
    if not _may_issue(request, found):
        raise Http404
    by, at = officer_of(request), timezone.now()
    try:
        if request.POST.get("event") == "issue":
            on = timezone.localdate()
            given = acts.issue_directive(directive_id=found.pk, by=by, at=at, on=on)
            messages.success(request, _("Đã giao %(count)s việc.") % {"count": given})
        elif request.POST.get("event") == "close":
            acts.close_directive(directive_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã kết thúc."))
        else:
            acts.withdraw_directive(directive_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã bỏ bản nháp."))
            return redirect("directives:directives")
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:directive", found.pk)


@requires("directives.issue")
@require_POST
def remind_all(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Remind every unit that is late or has not begun, with one click."""
    found = _found(request, directive_id)
    try:
        reminded = remind(
            directive_id=found.pk, order_id=number_asked(request.POST.get("viec")),
            unit_ids=units_of(request, "directives.issue"),
            words=request.POST.get("words", "") or _("Đề nghị khẩn trương thực hiện."),
            by=officer_of(request), at=timezone.now(), on=timezone.localdate(),
        )  # fmt: skip
        messages.success(request, _("Đã nhắc %(count)s việc.") % {"count": reminded})
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:directive", found.pk)
