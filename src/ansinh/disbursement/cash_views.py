# SPDX-License-Identifier: MPL-2.0
"""The pay day on a phone: find the person, check, hand over, mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ansinh.audit.actions import record
from ansinh.disbursement.actions.cash import check_before_paying, hand_to_payee, not_collected
from ansinh.disbursement.forms import ReceiptForm
from ansinh.disbursement.labels import CHANNELS, RECEIPTS, STATES
from ansinh.disbursement.models import Instruction, Receipt, Slip
from ansinh.disbursement.queries import cash_list, cash_lists, history, mandate_of, state_of, timeline
from ansinh.disbursement.slips import code_bidx
from ansinh.rules.lookup_codes import LENGTH, CodeUnreadable
from ansinh.rules.payments import Payment
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

PAGE = 300


def _units(request: HttpRequest) -> set[int]:
    found: set[int] = request.units_for("cash.hand_out")  # type: ignore[attr-defined]
    return found


def _by_code(request: HttpRequest, text: str) -> Instruction | None:
    """The instruction of a slip whose code was typed or scanned."""
    if len([each for each in text if each.isalnum()]) != LENGTH:
        return None
    try:
        found = Slip.objects.filter(code_bidx=code_bidx(code=text)).first()
    except CodeUnreadable:
        return None
    pk = found.instruction_id if found else 0
    return Instruction.objects.filter(pk=pk, commune_id__in=_units(request)).first()


@requires("cash.hand_out")
@require_GET
def cash_day(request: HttpRequest) -> HttpResponse:
    """The list of the pay point by hamlet, with what is left in the box."""
    units = _units(request)
    wanted = request.GET.get("tim", "").strip()[:60]
    if one := _by_code(request, wanted):
        return redirect("disbursement:slip", one.pk)
    rows = cash_list(unit_ids=units, text=wanted, limit=PAGE)
    for row in rows:
        row["label"], row["badge"] = STATES[row["state"]]
        row["way"] = CHANNELS[row["channel"]]
    left = [row for row in rows if row["state"] == "with_agent"]
    lists = [each for each in cash_lists(unit_ids=units) if each["left"]]
    on = timezone.localdate()
    for each in lists:
        each["days"] = (on - timezone.localdate(each["sent_at"])).days
    context = {
        "rows": left, "done": [row for row in rows if row["state"] != "with_agent"], "wanted": wanted,
        "left": sum(each["left"] for each in lists), "left_vnd": sum(each["left_vnd"] for each in lists),
        "lists": lists,
    }  # fmt: skip
    return render(request, "disbursement/cash_day.html", context)


def _found(request: HttpRequest, instruction_id: int) -> Instruction:
    one = Instruction.objects.filter(pk=instruction_id, commune_id__in=_units(request)).first()
    if one is None:
        raise Http404
    return one


@requires("cash.hand_out")
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """One person: checked first, then handed over with a receipt, or marked as not come."""
    one, status = _found(request, instruction_id), 200
    instead = one.payee_kind != "self"
    last = request.session.get("supervisor", "")
    form = ReceiptForm(
        request.POST or None, request.FILES or None, instead=instead, initial={"supervisor": last}
    )
    if request.method == "POST":
        by, at = officer_of(request), timezone.now()
        try:
            if request.POST.get("decision") == "absent":
                not_collected(instruction_id=one.pk, reason="ABSENT", by=by, at=at)
                messages.success(request, _("Đã ghi: chưa đến nhận."))
                return redirect("disbursement:cash_day")
            if form.is_valid():
                hand_to_payee(instruction_id=one.pk, by=by, at=at, **form.cleaned_data)
                request.session["supervisor"] = form.cleaned_data["supervisor"]
                messages.success(request, _("Đã ghi: %(name)s đã nhận tiền.") % {"name": one.payee_name})
                return redirect("disbursement:cash_day")
            status = 422
        except Refusal as refused:
            messages.error(request, shown(refused))
    return render(request, "disbursement/slip.html", _slip_context(one, form), status=status)


def _slip_context(one: Instruction, form: ReceiptForm) -> dict[str, object]:
    state = state_of(instruction_id=one.pk)
    why_not = ""
    try:
        check_before_paying(instruction_id=one.pk, on=timezone.localdate())
    except Refusal as refused:
        why_not = shown(refused)
    label, badge = STATES[state.value]
    others = [
        {**each, "label": STATES[each["state"]][0], "badge": STATES[each["state"]][1],
         "way": CHANNELS.get(each["channel"], each["channel"])}
        for each in history(person_id=one.person_id)
        if each["period"] == one.period and each["id"] != one.pk
    ]  # fmt: skip
    receipt = Receipt.objects.filter(pk=one.pk).first()
    return {
        "one": one, "form": form, "label": label, "badge": badge, "why_not": why_not, "others": others,
        "one_waits": state == Payment.WITH_AGENT,
        "mandate": mandate_of(instruction=one) if one.payee_kind != "self" else None, "receipt": receipt,
        "signed": RECEIPTS[receipt.kind] if receipt else "", "way": CHANNELS[one.channel],
        "events": [(each, STATES[each.state_to][0]) for each in timeline(instruction_id=one.pk)],
    }  # fmt: skip


@requires("cash.hand_out")
@require_GET
def evidence(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """The picture of a receipt; who looked is recorded."""
    one = _found(request, instruction_id)
    receipt = Receipt.objects.filter(pk=one.pk, sha256__isnull=False).first()
    if receipt is None or receipt.sha256 is None:
        raise Http404
    record(by=officer_of(request).pk, at=timezone.now(), act="disbursement.see_receipt",
           subject="instruction", subject_id=one.pk, unit_id=one.commune_id)  # fmt: skip
    answer = HttpResponse(store.get(bytes(receipt.sha256)), content_type=receipt.mime)
    answer["Content-Disposition"] = 'inline; filename="ky-nhan"'
    answer["Cache-Control"] = "no-store"
    return answer
