# SPDX-License-Identifier: MPL-2.0
"""Contracts and annexes."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.providers import queries
from ansinh.providers.actions import contracts as acts
from ansinh.providers.forms import (
    BEARER_LABELS,
    CHANNEL_LABELS,
    COST_LABELS,
    STREAM_LABELS,
    AnnexForm,
    ContractForm,
    EndForm,
)
from ansinh.providers.models import Annex, Contract
from ansinh.providers.views.selections import found_selection
from ansinh.rules.periods import Period
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


@requires("providers.write")
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Draft the contract with whom the selection chose."""
    found = found_selection(request, selection_id, to_write=True)
    chosen = found.candidates.filter(chosen=True).select_related("provider").order_by("provider__name")
    choices = [(str(each.pk), each.provider.name) for each in chosen]
    first = chosen.first()
    initial = {"fee_bps": first.fee_bps if first else None, "scope": found.title}
    form = ContractForm(request.POST or None, candidates=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.draft_contract(
                candidate_id=int(form.cleaned_data["candidate"]), terms=form.terms(), by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            return redirect("providers:contract", made.pk)
    plain = [form[name] for name in form.fields if not name.startswith("cost_")]
    costs = [form[name] for name in form.fields if name.startswith("cost_")]
    context = {"selection": found, "form": form, "plain": plain, "costs": costs}
    return render(request, "providers/draft_contract.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, contract_id: int, *, to_write: bool = False) -> Contract:
    units = request.units_for("providers.read")  # type: ignore[attr-defined]
    seen = queries.seen_units(unit_ids=units, on=timezone.localdate())
    if to_write:
        seen = request.units_for("providers.write")  # type: ignore[attr-defined]
    found = (
        Contract.objects.filter(pk=contract_id, unit_id__in=seen)
        .select_related("unit", "provider", "candidate", "made_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires("providers.read")
@require_GET
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """One contract: terms, who bears which cost, annexes, whether it is in force today."""
    return _page(request, _found(request, contract_id))


def _page(request: HttpRequest, found: Contract, form: AnnexForm | None = None) -> HttpResponse:
    on = timezone.localdate()
    writable = found.unit_id in request.units_for("providers.write")  # type: ignore[attr-defined]
    context = {
        "contract": found, "fee": acts.percent(queries.fee_on(contract=found, on=on)),
        "first_fee": acts.percent(found.fee_bps),
        "streams": [STREAM_LABELS[each] for each in found.streams],
        "channels": [CHANNEL_LABELS[each] for each in found.channels],
        "costs": [(COST_LABELS[c.cost], BEARER_LABELS[c.bearer]) for c in found.costs.order_by("pk")],
        "annexes": [
            (each, "" if each.fee_bps is None else acts.percent(each.fee_bps))
            for each in found.annexes.order_by("pk")
        ],
        "in_force": found.state in {"signed", "ended"} and on in _span(found), "on": on,
        "may_write": writable, "annex_form": form or AnnexForm(initial={"year": on.year}),
        "end_form": EndForm(),
    }  # fmt: skip
    return render(request, "providers/contract.html", context, status=422 if form and form.errors else 200)


def _span(found: Contract) -> Period:
    return Period(found.validity.lower, found.validity.upper)


@requires("providers.write")
@require_POST
def move(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Submit for signature, take back, give up, or end early."""
    found = _found(request, contract_id, to_write=True)
    by, at, event = officer_of(request), timezone.now(), request.POST.get("event", "")
    try:
        if event == "submit":
            made = acts.submit_contract(contract_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã trình. Hai người khác phải duyệt."))
            return redirect("approvals:submission", made.pk)
        if event == "end":
            form = EndForm(request.POST)
            if not form.is_valid():
                messages.error(request, _("Ghi ngày cuối cùng và lý do chấm dứt."))
                return redirect("providers:contract", found.pk)
            after = form.cleaned_data["last_day"] + timedelta(days=1)
            acts.end_contract(
                contract_id=found.pk, last_day_after=after, reason=form.cleaned_data["reason"], by=by, at=at
            )
        elif event == "rework":
            acts.rework_contract(contract_id=found.pk, by=by, at=at)
        else:
            acts.cancel_contract(contract_id=found.pk, by=by, at=at)
        messages.success(request, _("Đã ghi."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("providers:contract", found.pk)


@requires("providers.write")
@require_POST
def annex(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Draft an annex."""
    found = _found(request, contract_id, to_write=True)
    form = AnnexForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.draft_annex(
                contract_id=found.pk, number=data["number"], year=data["year"], signed_on=data["signed_on"],
                applies_from=data["applies_from"], until=form.until(), fee_bps=data["fee_bps"],
                words=data["words"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã ghi phụ lục. Trình ký để phụ lục có hiệu lực."))
            return redirect("providers:contract", found.pk)
    return _page(request, found, form)


@requires("providers.write")
@require_POST
def move_annex(request: HttpRequest, annex_id: int) -> HttpResponse:
    """Submit an annex for signature, take it back, or give it up."""
    one = Annex.objects.filter(pk=annex_id).first()
    if one is None:
        raise Http404
    found = _found(request, one.contract_id, to_write=True)
    by, at, event = officer_of(request), timezone.now(), request.POST.get("event", "")
    try:
        if event == "submit":
            made = acts.submit_annex(annex_id=one.pk, by=by, at=at)
            messages.success(request, _("Đã trình. Hai người khác phải duyệt."))
            return redirect("approvals:submission", made.pk)
        if event == "rework":
            acts.rework_annex(annex_id=one.pk, by=by, at=at)
        else:
            acts.cancel_annex(annex_id=one.pk, by=by, at=at)
        messages.success(request, _("Đã ghi."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("providers:contract", found.pk)
