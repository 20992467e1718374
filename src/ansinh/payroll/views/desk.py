# SPDX-License-Identifier: MPL-2.0
"""The desk of holds: what a payroll keeps back, why, and how each is released."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.payroll import labels, queries
from ansinh.payroll.actions.holds import place_hold, release_hold
from ansinh.payroll.models import Hold
from ansinh.payroll.views.board import MOST
from ansinh.payroll.views.found import payroll_of
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


@requires("payroll.read")
@require_GET
def desk(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Held lines with reason and way out, and the holds that officers placed."""
    found = payroll_of(request, payroll_id, "payroll.read")
    wanted = queries.LineFilter(hold=request.GET.get("giu", "any")[:40])
    rows = [
        {"line": each, "why": labels.hold_of(each.hold)[0], "how": labels.hold_of(each.hold)[1]}
        for each in queries.lines(payroll=found, wanted=wanted)[:MOST]
    ]
    placed = Hold.objects.filter(state="placed", commune_id__in=found.communes).select_related(
        "person", "placed_by"
    )
    may = found.unit_id in request.units_for("batch.prepare")  # type: ignore[attr-defined]
    context = {"payroll": found, "rows": rows, "placed": placed[:MOST], "may": may}
    return render(request, "payroll/holds.html", context)


@requires("batch.prepare")
@require_POST
def place(request: HttpRequest, payroll_id: int, person_id: int) -> HttpResponse:
    """Hold a person's payments."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    try:
        place_hold(
            person=person, stream=found.stream, reason=request.POST.get("reason", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã giữ. Tính lại bảng chi để có hiệu lực."))
    return redirect("payroll:holds", found.pk)


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
    return redirect("payroll:board")
