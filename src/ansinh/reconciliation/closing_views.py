# SPDX-License-Identifier: MPL-2.0
"""Closing a month: every check with what is left and where to settle it; the settlement on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ansinh.disbursement.labels import STATES
from ansinh.disbursement.treasury_forms import form_on
from ansinh.ledger.models import Closing
from ansinh.places.models import Unit
from ansinh.reconciliation import closing_papers
from ansinh.reconciliation.actions.returns import close
from ansinh.reconciliation.closing import Check, checks
from ansinh.reconciliation.forms import CloseForm
from ansinh.reconciliation.labels import CHECKS
from ansinh.reconciliation.views import choices
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 60


def _shown(check: Check) -> dict[str, Any]:
    label, address, link = CHECKS[check.code]
    left = []
    for each in check.left:
        name, colon, rest = each.partition(": ")
        left.append(f"{STATES[name][0]}: {rest}" if colon and name in STATES else each)
    return {"label": label, "left": left, "check": check, "url": reverse(address), "link": link}


def _asked(form: CloseForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"source": data["stream"], "commune_id": int(data["unit"]), "month": data["month"]}


@requires("money.close")
@require_http_methods(["GET", "POST"])
def close_month(request: HttpRequest) -> HttpResponse:
    """Close a month when every đồng of it has its place; else say what is left and where."""
    bound = request.POST if request.method == "POST" else request.GET if "month" in request.GET else None
    form = CloseForm(bound or None, units=choices(request, "money.close"))
    rows: list[dict[str, Any]] = []
    ready = False
    if form.is_bound and form.is_valid():
        asked = _asked(form)
        if request.method == "POST":
            try:
                close(**asked, by=officer_of(request), at=timezone.now())
                messages.success(request, _("Đã khoá sổ %(month)s.") % {"month": asked["month"].vi})
                return redirect("reconciliation:close")
            except Refusal as refused:
                form.add_error("month", shown(refused))
        found = checks(**asked)
        rows = [_shown(each) for each in found]
        ready = all(each.holds for each in found if each.blocks)
    units: set[int] = request.units_for("money.close")  # type: ignore[attr-defined]
    closed = Closing.objects.filter(commune_id__in=units).select_related("commune", "by")
    context = {"form": form, "rows": rows, "ready": ready, "closed": closed.order_by("-month", "-pk")[:PAGE]}
    status = 422 if request.method == "POST" or form.errors else 200
    return render(request, "reconciliation/close.html", context, status=status)


@requires("money.close")
@require_GET
def closing_paper(request: HttpRequest) -> HttpResponse:
    """The settlement of a month on paper: where every đồng is, by channel and state; printed to sign."""
    form = CloseForm(request.GET or None, units=choices(request, "money.close"))
    if not form.is_valid():
        raise Http404
    asked, on = _asked(form), timezone.localdate()
    month = asked["month"]
    content = closing_papers.settlement(
        commune=Unit.objects.get(pk=asked["commune_id"]), source=asked["source"], month=month, on=on,
        form=form_on(use="settlement", on=on, period=month.first_day),
        closed=Closing.objects.filter(
            commune_id=asked["commune_id"], source=asked["source"], month=month.first_day
        ).select_related("by").first(),
    )  # fmt: skip
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="quyet-toan-{month}.pdf"'
    return answer
