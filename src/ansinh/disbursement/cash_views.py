# SPDX-License-Identifier: MPL-2.0
"""The pay day on a phone: find the person, check, hand over, mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ansinh.disbursement.actions.cash import hand_to_payee, not_collected
from ansinh.disbursement.forms import ReceiptForm
from ansinh.disbursement.labels import STATES
from ansinh.disbursement.models import Instruction
from ansinh.disbursement.queries import cash_list, state_of, timeline
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 300


@requires("cash.hand_out")
@require_GET
def cash_day(request: HttpRequest) -> HttpResponse:
    """The list of the pay point by hamlet, with what is left in the box."""
    units = request.units_for("cash.hand_out")  # type: ignore[attr-defined]
    wanted = request.GET.get("tim", "").strip()
    rows = cash_list(unit_ids=units, text=wanted, limit=PAGE)
    for row in rows:
        row["label"], row["badge"] = STATES[row["state"]]
    left = [row for row in rows if row["state"] == "with_agent"]
    context = {
        "rows": rows, "wanted": wanted, "left": len(left), "left_vnd": sum(r["amount_vnd"] for r in left)
    }  # fmt: skip
    return render(request, "disbursement/cash_day.html", context)


@requires("cash.hand_out")
def slip(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """One person: checked first, then handed over with a receipt, or marked as not come."""
    units = request.units_for("cash.hand_out")  # type: ignore[attr-defined]
    one = Instruction.objects.filter(pk=instruction_id, commune_id__in=units).first()
    if one is None:
        raise Http404
    form = ReceiptForm(request.POST or None)
    if request.method == "POST":
        by, at = officer_of(request), timezone.now()
        try:
            if request.POST.get("decision") == "absent":
                not_collected(instruction_id=one.pk, reason="ABSENT", by=by, at=at)
                messages.success(request, _("Đã ghi: chưa đến nhận."))
                return redirect("disbursement:cash_day")
            if form.is_valid():
                hand_to_payee(instruction_id=one.pk, by=by, at=at, **form.cleaned_data)
                messages.success(request, _("Đã ghi: %(name)s đã nhận tiền.") % {"name": one.payee_name})
                return redirect("disbursement:cash_day")
        except Refusal as refused:
            messages.error(request, shown(refused))
    state = state_of(instruction_id=one.pk)
    label, badge = STATES[state.value]
    context = {
        "one": one, "form": form, "label": label, "badge": badge, "ready": state.value == "with_agent",
        "instead": one.payee_name != one.person_name, "events": timeline(instruction_id=one.pk),
    }  # fmt: skip
    return render(request, "disbursement/slip.html", context)
