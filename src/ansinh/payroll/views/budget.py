# SPDX-License-Identifier: MPL-2.0
"""Estimates of the year: given, taken by payrolls, left; decisions that give money."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ansinh.ledger.actions import record_budget
from ansinh.ledger.models import Budget
from ansinh.payroll import labels
from ansinh.payroll.actions.budget import Position, draws, positions
from ansinh.payroll.forms import BudgetForm
from ansinh.payroll.queries import board
from ansinh.payroll.views.board import OPEN, row_of
from ansinh.payroll.views.found import READ
from ansinh.payroll.views.one import MOST
from ansinh.places.models import Unit
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires

YEARS = range(2021, 2100)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdigit() and int(asked) in YEARS else timezone.localdate().year


@requires("payroll.read")
@require_http_methods(["GET", "POST"])
def budget(request: HttpRequest) -> HttpResponse:
    """Estimate, submitted, spent and left by unit and stream; what open payrolls lack; write down a
    decision that gives money."""
    readable = request.units_for(READ)  # type: ignore[attr-defined]
    writable = request.units_for("budget.write")  # type: ignore[attr-defined]
    on, year = timezone.localdate(), _year(request)
    living = Q(validity__contains=on) | Q(validity__contains=date(year, 12, 31))
    found = Unit.objects.filter(living, pk__in=writable, level__in=("province", "commune"))
    units = [(str(unit.pk), unit.name) for unit in found.order_by("-level", "sort_key")]
    form = BudgetForm(request.POST or None, units=units, initial={"year": year})
    if request.method == "POST" and not units:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if Budget.objects.filter(
            source=said["stream"], commune_id=int(said["unit"]), year=said["year"], decision=said["decision"]
        ).exists():
            form.add_error("decision", _("Quyết định này đã ghi cho đơn vị, nguồn và năm này."))
        else:
            record_budget(
                source=said["stream"], commune_id=int(said["unit"]), year=said["year"],
                amount_vnd=form.signed_vnd(), decision=said["decision"], decided_on=said["decided_on"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Đã ghi dự toán được giao."))
            return redirect(f"{reverse('payroll:budget')}?nam={said['year']}")
    given = Budget.objects.filter(commune_id__in=readable, year=year).select_related("commune", "by")
    decisions = given.order_by("-decided_on", "-pk")[:MOST]
    context = {
        "year": year, "before": year - 1, "after": year + 1, "form": form if units else None,
        "rows": [_row(each) for each in positions(unit_ids=readable, year=year)],
        "short": _short(readable, year),
        "given": [(each, labels.STREAMS[each.source]) for each in decisions],
    }  # fmt: skip
    return render(request, "payroll/budget.html", context, status=422 if form.errors else 200)


def _row(position: Position) -> dict[str, Any]:
    used = position.given_vnd - position.left_vnd
    share = round(1000 * used / position.given_vnd) if position.given_vnd > 0 else 0
    return {"position": position, "stream": labels.STREAMS[position.stream], "share": share}


def _short(units: set[int], year: int) -> list[dict[str, Any]]:
    """Payrolls that are calculated and cannot be submitted for want of money."""
    waiting = board(unit_ids=units).filter(period__year=year, state__in=OPEN, content_sha256__isnull=False)
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    return [
        row_of(payroll) | {"draw": draw, "unit": names.get(draw.unit_id or 0, "")}
        for payroll in waiting[:MOST]
        for draw in draws(payroll=payroll)
        if draw.short_vnd
    ]
