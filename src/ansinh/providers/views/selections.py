# SPDX-License-Identifier: MPL-2.0
"""Choosing: from the criteria to the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.providers import queries
from ansinh.providers.actions import selection as acts
from ansinh.providers.actions.contracts import percent
from ansinh.providers.forms import FACT_LABELS, CandidateForm, MinutesForm, SelectionForm
from ansinh.providers.models import Contract, Provider, Selection
from ansinh.providers.standards import standard_criteria
from ansinh.providers.views.directory import may_write, units_choices
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 100
LEVELS = ("province", "district", "commune")


def _seen(request: HttpRequest) -> set[int]:
    units = request.units_for("providers.read")  # type: ignore[attr-defined]
    return queries.seen_units(unit_ids=units, on=timezone.localdate())


def found_selection(request: HttpRequest, selection_id: int, *, to_write: bool = False) -> Selection:
    """The selection, if the officer may see it, or work on it. Raises 404."""
    units = request.units_for("providers.write") if to_write else _seen(request)  # type: ignore[attr-defined]
    found = Selection.objects.filter(pk=selection_id, unit_id__in=units).select_related("unit").first()
    if found is None:
        raise Http404
    return found


@requires("providers.read")
@require_GET
def selections(request: HttpRequest) -> HttpResponse:
    """Selections and contracts of one's units, and the frameworks above."""
    seen = _seen(request)
    form = SelectionForm(units=units_choices(request, "providers.write", LEVELS))
    return _list(request, form, seen)


def _list(request: HttpRequest, form: SelectionForm, seen: set[int]) -> HttpResponse:
    context = {
        "found": Selection.objects.filter(unit_id__in=seen).select_related("unit").order_by("-pk")[:PAGE],
        "contracts": Contract.objects.filter(unit_id__in=seen)
        .select_related("unit", "provider").order_by("-signed_on", "-pk")[:PAGE],
        "form": form, "may_write": may_write(request), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "providers/selections.html", context, status=422 if form.errors else 200)


@requires("providers.write")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open a selection."""
    form = SelectionForm(request.POST, units=units_choices(request, "providers.write", LEVELS))
    if not form.is_valid():
        return _list(request, form, _seen(request))
    made = acts.open_selection(
        unit_id=int(form.cleaned_data["unit"]), title=form.cleaned_data["title"],
        opened_on=timezone.localdate(), by=officer_of(request), at=timezone.now(),
    )  # fmt: skip
    return redirect("providers:selection", made.pk)


@requires("providers.read")
@require_GET
def selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """One selection: criteria, candidates side by side, minutes, decision, contracts."""
    return _page(request, found_selection(request, selection_id))


def _page(
    request: HttpRequest,
    found: Selection,
    *,
    candidate: CandidateForm | None = None,
    minutes: MinutesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    criteria, compared = queries.comparison(selection_id=found.pk)
    ids = [row.candidate.provider_id for row in compared]
    facts = queries.facts_of(provider_ids=ids, unit_id=found.unit_id, on=found.opened_on)
    english = get_language() == "en"
    rests = {each.code: each.rests_on for each in standard_criteria()}
    heads = [(each, each.label_en if english and each.label_en else each.label) for each in criteria]
    rows = [
        {
            "row": row, "fee": percent(row.candidate.fee_bps),
            "cells": [
                (each, score, _known(facts[row.candidate.provider_id], rests.get(each.code, ())))
                for each, score in zip(criteria, row.scores, strict=True)
            ],
        }
        for row in compared
    ]  # fmt: skip
    writable = found.unit_id in request.units_for("providers.write")  # type: ignore[attr-defined]
    context = {
        "selection": found, "heads": heads, "rows": rows, "may_write": writable,
        "open": writable and found.state == "open",
        "candidate_form": candidate or _candidate_form(found),
        "minutes_form": minutes or _minutes_form(found, compared),
        "contracts": Contract.objects.filter(candidate__selection=found).select_related("provider"),
        "chosen": [row.candidate for row in compared if row.candidate.chosen],
    }  # fmt: skip
    return render(request, "providers/selection.html", context, status=status)


def _known(facts: dict[str, int], kinds: tuple[str, ...]) -> str:
    """What the facts say about a criterion, in words."""
    return "; ".join(f"{FACT_LABELS[kind]}: {facts[kind]}" for kind in kinds if kind in facts)


def _candidate_form(found: Selection, data: Any = None) -> CandidateForm:
    taking_part = found.candidates.values("provider_id")
    others = Provider.objects.exclude(pk__in=taking_part).order_by("name")
    return CandidateForm(data, providers=[(str(each.pk), each.name) for each in others])


def _minutes_form(found: Selection, compared: list[queries.Compared], data: Any = None) -> MinutesForm:
    choices = [(str(row.candidate.pk), row.candidate.provider.name) for row in compared]
    initial = {
        "held_on": found.minutes_on, "present": found.minutes_present, "text": found.minutes_text,
        "chosen": [str(row.candidate.pk) for row in compared if row.candidate.chosen],
        "reason": found.choice_reason,
    }  # fmt: skip
    return MinutesForm(data, candidates=choices, initial=initial)


@requires("providers.write")
@require_POST
def candidate(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Let a provider take part."""
    found = found_selection(request, selection_id, to_write=True)
    form = _candidate_form(found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.add_candidate(
                selection_id=found.pk, provider_id=int(data["provider"]), fee_bps=data["fee_bps"],
                offer=data["offer"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("provider", shown(refused))
        else:
            return redirect("providers:selection", found.pk)
    return _page(request, found, candidate=form, status=422)


@requires("providers.write")
@require_POST
def weights(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Weigh the criteria."""
    found = found_selection(request, selection_id, to_write=True)
    given = {
        each.code: _digits(request.POST.get(f"w_{each.code}", str(each.weight)))
        for each in found.criteria.order_by("order")
    }
    try:
        acts.set_weights(selection_id=found.pk, weights=given, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã ghi trọng số."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("providers:selection", found.pk)


@requires("providers.write")
@require_POST
def score(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Give one candidate's points, every criterion at once; each with what it rests on."""
    found = found_selection(request, selection_id, to_write=True)
    one = found.candidates.filter(pk=_digits(request.POST.get("candidate", ""))).first()
    if one is None:
        raise Http404
    wrong: list[str] = []
    for criterion in found.criteria.order_by("order"):
        points, evidence = (request.POST.get(f"{kind}_{criterion.pk}", "").strip() for kind in ("p", "e"))
        if not points:
            continue
        try:
            acts.score(
                candidate_id=one.pk, criterion_id=criterion.pk, points=_digits(points), evidence=evidence,
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            wrong.append(f"{criterion.label}: {shown(refused)}")
    for each in wrong:
        messages.error(request, each)
    if not wrong:
        messages.success(request, _("Đã ghi điểm."))
    return redirect("providers:selection", found.pk)


def _digits(text: str) -> int:
    """A number that was typed; -1 for anything else, which every action refuses."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@requires("providers.write")
@require_POST
def minutes(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Write the minutes and the choice."""
    found = found_selection(request, selection_id, to_write=True)
    _criteria, compared = queries.comparison(selection_id=found.pk)
    form = _minutes_form(found, compared, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.write_minutes(
                selection_id=found.pk, held_on=data["held_on"], present=data["present"], text=data["text"],
                chosen=[int(each) for each in data["chosen"]], reason=data["reason"], by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("chosen", shown(refused))
        else:
            messages.success(request, _("Đã ghi biên bản."))
            return redirect("providers:selection", found.pk)
    return _page(request, found, minutes=form, status=422)


@requires("providers.write")
@require_http_methods(["POST"])
def move(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Submit, take back, or give up."""
    found = found_selection(request, selection_id, to_write=True)
    by, at = officer_of(request), timezone.now()
    try:
        if request.POST.get("event") == "submit":
            made = acts.submit_selection(selection_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã trình. Hai người khác phải duyệt."))
            return redirect("approvals:submission", made.pk)
        if request.POST.get("event") == "rework":
            acts.rework_selection(selection_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã lấy lại để sửa."))
        else:
            acts.cancel_selection(selection_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã huỷ đợt lựa chọn."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("providers:selection", found.pk)
