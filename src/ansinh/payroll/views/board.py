# SPDX-License-Identifier: MPL-2.0
"""The board of payrolls: units × streams of a month, what blocks each, and beginning another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ansinh.payroll import labels, queries
from ansinh.payroll.actions.budget import draws
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import title_of
from ansinh.payroll.forms import PrepareForm
from ansinh.payroll.models import Payroll
from ansinh.payroll.views.found import READ
from ansinh.places.models import Unit
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

MOST_EARLIER = 60  # payrolls of other months on the board; older ones by month
DUE_DAY = 25  # fixed before day 25 of the month before (NĐ 20/2021 Điều 34.4; TT 44/2022 Điều 8.3)
OPEN = ("preparing", "calculated", "returned")


def row_of(payroll: Payroll) -> dict[str, Any]:
    """A payroll as pages name it."""
    state, tone = labels.STATES[payroll.state]
    return {
        "payroll": payroll, "title": title_of(payroll=payroll), "state": state, "tone": tone,
        "month": Month.of(payroll.period), "stream": labels.STREAMS[payroll.stream],
    }  # fmt: skip


def due_on(month: Month) -> date:
    """The day before which the payroll of a month is fixed."""
    return month.previous.first_day.replace(day=DUE_DAY)


def blocks_of(payroll: Payroll) -> list[str]:
    """What stands between a payroll and the next step, in words."""
    said = []
    if payroll.state == "preparing":
        said.append(_("chưa tính"))
    if payroll.state == "returned" and payroll.return_reason:
        said.append(_("trả lại: %(why)s") % {"why": payroll.return_reason})
    if payroll.state in OPEN:
        if many := payroll.unexplained:
            said.append(
                ngettext("%(n)s thay đổi chưa có lý do", "%(n)s thay đổi chưa có lý do", many) % {"n": many}
            )
        said += [
            _("thiếu dự toán %(short)s") % {"short": format_vnd(draw.short_vnd)}
            for draw in draws(payroll=payroll)
            if draw.short_vnd
        ]
    if payroll.state == "submitted":
        said.append(_("chờ hai người duyệt"))
    if payroll.state == "approved":
        said.append(_("chờ khóa"))
    return said


@requires("payroll.read")
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """Units × streams × state of a month, what blocks each; begin another."""
    may_prepare = request.units_for("batch.prepare")  # type: ignore[attr-defined]
    readable = request.units_for(READ)  # type: ignore[attr-defined]
    on = timezone.localdate()
    living = Unit.objects.filter(pk__in=may_prepare, validity__contains=on, level__in=("province", "commune"))
    units = [(str(unit.pk), unit.name) for unit in living.order_by("-level", "sort_key")]
    month = _month(request, readable, on)
    form = PrepareForm(request.POST or None, units=units, initial={"period": month})
    if request.method == "POST" and units and form.is_valid():
        said = form.cleaned_data
        try:
            made = prepare(
                unit=Unit.objects.get(pk=int(said["unit"])), stream=said["stream"], period=said["period"],
                months=int(said["months"]), by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            return redirect("payroll:payroll", made.pk)
    found = list(queries.board(unit_ids=readable, month=month))
    earlier = queries.board(unit_ids=readable).exclude(period=month.first_day)[:MOST_EARLIER]
    context = {
        "grid": _grid(readable, found, month), "streams": labels.STREAMS, "month": month,
        "before": month.previous, "after": month.next, "due": due_on(month), "late": on >= due_on(month),
        "rows": [row_of(each) for each in earlier], "form": form if units else None,
    }  # fmt: skip
    return render(request, "payroll/board.html", context, status=422 if form.errors else 200)


def _month(request: HttpRequest, units: set[int], on: date) -> Month:
    """The month in the address, else the newest that has a payroll, else the next one."""
    try:
        return Month.parse(request.GET.get("thang", ""))
    except (Refusal, ValueError):
        newest = queries.board(unit_ids=units).values_list("period", flat=True).first()
        return Month.of(newest) if newest else Month.of(on).next


def _grid(units: set[int], found: list[Payroll], month: Month) -> list[dict[str, Any]]:
    """A line for the province and each commune of that month: per stream its payrolls, else the one of
    a unit above that pays it."""
    living = Unit.objects.filter(pk__in=units, validity__contains=month.first_day)
    own: dict[tuple[int, str], list[Payroll]] = {}
    covering: dict[tuple[int, str], Payroll] = {}
    for payroll in found:
        own.setdefault((payroll.unit_id, payroll.stream), []).append(payroll)
        for commune in payroll.communes:
            covering.setdefault((commune, payroll.stream), payroll)
    lines = []
    for unit in living.filter(level__in=("province", "commune")).order_by("-level", "sort_key"):
        cells = [
            {
                "rows": [row_of(each) | {"blocks": blocks_of(each)} for each in own.get((unit.pk, code), ())],
                "covered": covering.get((unit.pk, code)), "stream": label,
            }
            for code, label in labels.STREAMS.items()
        ]  # fmt: skip
        if unit.level == "commune" or any(cell["rows"] for cell in cells):
            lines.append({"unit": unit, "cells": cells})
    return lines
