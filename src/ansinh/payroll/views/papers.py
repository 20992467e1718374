# SPDX-License-Identifier: MPL-2.0
"""Lists and forms as PDF and .xlsx, from the same rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.payroll.actions.printing import record_printing
from ansinh.payroll.models import Payroll
from ansinh.payroll.papers import FORMS, Sheet, as_pdf, as_xlsx, sheet
from ansinh.payroll.views.found import payroll_of
from ansinh.payroll.views.one import filter_of
from ansinh.places.models import Unit
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, payroll_id: int) -> tuple[Payroll, Sheet, Unit, str]:
    found = payroll_of(request, payroll_id, "payroll.read")
    form = request.GET.get("mau", "chi-tra")
    if form not in FORMS or not found.content_sha256:
        raise Http404
    wanted = filter_of(request)
    made = sheet(payroll=found, form=form, wanted=wanted)
    unit = Unit.objects.filter(pk=wanted.commune or found.unit_id).first() or found.unit
    me = officer_of(request)
    record_printing(
        payroll=found, form=form, rows=len(made.rows), opens_accounts=made.opens_accounts,
        commune_id=wanted.commune, by=me, at=timezone.now(),
    )  # fmt: skip
    return found, made, unit, f"{timezone.localtime():%d/%m/%Y %H:%M} {me.full_name}"


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@requires("payroll.read")
@require_GET
def paper_pdf(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """A form as PDF."""
    try:
        found, made, unit, printed = _asked(request, payroll_id)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("payroll:payroll", payroll_id)
    made_pdf = as_pdf(payroll=found, made=made, unit=unit, on=timezone.localdate(), printed=printed)
    return _attached(made_pdf, "application/pdf", f"bang-chi-{found.pk}.pdf")


@requires("payroll.read")
@require_GET
def paper_xlsx(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """The same rows as a workbook."""
    try:
        found, made, _unit, printed = _asked(request, payroll_id)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("payroll:payroll", payroll_id)
    return _attached(as_xlsx(payroll=found, made=made, printed=printed), XLSX, f"bang-chi-{found.pk}.xlsx")
