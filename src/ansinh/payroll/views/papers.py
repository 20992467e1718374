# SPDX-License-Identifier: MPL-2.0
"""Lists and forms as PDF and .xlsx, from the same rows."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.payroll.actions.printing import record_printing
from ansinh.payroll.models import Payroll
from ansinh.payroll.papers import forms_on, sheet
from ansinh.payroll.papers.rows import Sheet
from ansinh.payroll.papers.write import Printed, as_pdf, as_xlsx
from ansinh.payroll.queries import LineFilter
from ansinh.payroll.views.found import READ, payroll_of
from ansinh.payroll.views.one import filter_of
from ansinh.places.models import Unit
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, payroll_id: int) -> tuple[Payroll, Sheet, Printed]:
    found = payroll_of(request, payroll_id, READ)
    form = request.GET.get("mau", "chi-tra")
    if form not in forms_on(payroll=found):
        raise Http404
    wanted = _own_commune(request, found, filter_of(request))
    made = sheet(payroll=found, form=form, wanted=wanted)
    unit = Unit.objects.filter(pk=wanted.commune or found.unit_id).first() or found.unit
    me, now = officer_of(request), timezone.now()
    record_printing(
        payroll=found, form=form, rows=len(made.rows), opens_accounts=made.opens_accounts,
        commune_id=wanted.commune, by=me, at=now,
    )  # fmt: skip
    return found, made, Printed(unit, me.full_name, now)


def _own_commune(request: HttpRequest, found: Payroll, wanted: LineFilter) -> LineFilter:
    """A commune that reads the province's payroll prints its own list, under its own name."""
    units = request.units_for(READ)  # type: ignore[attr-defined]
    if found.unit_id in units or wanted.commune in units:
        return wanted
    paid = found.communes_paid.filter(commune_id__in=units).values_list("commune_id", flat=True).first()
    if paid is None:
        raise Http404
    return replace(wanted, commune=paid)


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@requires("payroll.read")
@require_GET
def paper_pdf(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """A form as PDF."""
    try:
        found, made, printed = _asked(request, payroll_id)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("payroll:payroll", payroll_id)
    content = as_pdf(payroll=found, made=made, printed=printed)
    return _attached(content, "application/pdf", f"bang-chi-{found.pk}.pdf")


@requires("payroll.read")
@require_GET
def paper_xlsx(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """The same rows as a workbook."""
    try:
        found, made, printed = _asked(request, payroll_id)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("payroll:payroll", payroll_id)
    content = as_xlsx(payroll=found, made=made, printed=printed)
    return _attached(content, XLSX, f"bang-chi-{found.pk}.xlsx")
