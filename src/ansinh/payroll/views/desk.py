# SPDX-License-Identifier: MPL-2.0
"""The desk of holds: what a payroll keeps back, why, how each is released; holds that officers place."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.payroll import labels, queries
from ansinh.payroll.actions.holds import place_hold, release_hold
from ansinh.payroll.forms import HoldForm
from ansinh.payroll.models import Hold
from ansinh.payroll.views.board import row_of
from ansinh.payroll.views.found import READ, note_opened, payroll_of, people_asked
from ansinh.payroll.views.one import MOST, PAGE, kept_query
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


@requires("payroll.read")
@require_GET
def desk(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Held lines of a payroll, each with its reason, its way out and where that is."""
    found = payroll_of(request, payroll_id, READ)
    note_opened(request, found, "holds")
    code = request.GET.get("giu", "")[:40]
    wanted = queries.LineFilter(hold=code or "any")
    page = Paginator(queries.lines(payroll=found, wanted=wanted), PAGE).get_page(request.GET.get("trang"))
    rows = [
        {"line": each, "why": labels.hold_of(each.hold)[0], "how": labels.hold_of(each.hold)[1],
         "where": labels.release_address(each.hold, each.person_id)}
        for each in page
    ]  # fmt: skip
    groups = [
        (hold, labels.hold_of(hold)[0], many) for hold, many, _vnd in queries.held_groups(payroll=found)
    ]
    context = row_of(found) | {
        "rows": rows, "page": page, "query": kept_query(request.GET), "groups": groups, "code": code,
    }  # fmt: skip
    return render(request, "payroll/holds.html", context)


@requires("payroll.read")
@require_GET
def placed(request: HttpRequest) -> HttpResponse:
    """The holds that officers placed and released; look for somebody to hold."""
    units = request.units_for(READ)  # type: ignore[attr-defined]
    mine = request.units_for("batch.prepare")  # type: ignore[attr-defined]
    people, refused = [], ""
    if mine:
        try:
            people = people_asked(request)
        except Refusal as why:
            refused = shown(why)
    streams = labels.STREAMS | {"": _("mọi nguồn")}
    standing = queries.holds(unit_ids=units, placed=True)[:MOST]
    released = queries.holds(unit_ids=units, placed=False)[:PAGE]
    context = {
        "standing": [(each, streams[each.stream]) for each in standing],
        "released": [(each, streams[each.stream]) for each in released],
        "may": mine, "people": people, "asked": request.GET.get("tim", ""), "refused": refused,
    }  # fmt: skip
    return render(request, "payroll/placed.html", context)


@requires("batch.prepare")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, person_id: int) -> HttpResponse:
    """Hold a person's payments with a reason."""
    person = Person.objects.select_related("commune").filter(pk=person_id).first()
    if person is None:
        raise Http404
    if person.commune_id not in request.units_for("batch.prepare"):  # type: ignore[attr-defined]
        raise PermissionDenied
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place_hold(
                person=person, stream=form.cleaned_data["stream"], reason=form.cleaned_data["reason"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã giữ. Tính lại bảng chi để có hiệu lực."))
            return redirect("payroll:placed")
    context = {"form": form, "person": person}
    return render(request, "payroll/place.html", context, status=422 if form.errors else 200)


@requires("batch.prepare")
@require_POST
def release(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Release a hold with the reason."""
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise Http404
    if found.commune_id not in request.units_for("batch.prepare"):  # type: ignore[attr-defined]
        raise PermissionDenied
    try:
        release_hold(
            hold_id=hold_id, reason=request.POST.get("reason", ""), by=officer_of(request), at=timezone.now()
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã gỡ. Tính lại bảng chi để có hiệu lực."))
    return redirect("payroll:placed")
