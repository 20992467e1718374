# SPDX-License-Identifier: MPL-2.0
"""Providers and what they can do where."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ansinh.places.models import Unit
from ansinh.providers import queries
from ansinh.providers.actions.facts import add_provider, record_facts
from ansinh.providers.forms import FACT_LABELS, KIND_LABELS, YES_NO, FactForm, ProviderForm
from ansinh.providers.models import Contract, Provider
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.fields import shown

MOST_UNITS = 400


def units_choices(request: HttpRequest, permission: str, levels: tuple[str, ...]) -> list[tuple[str, str]]:
    """The living units of an officer's jurisdiction, for a select."""
    found = Unit.objects.filter(
        pk__in=request.units_for(permission),  # type: ignore[attr-defined]
        level__in=levels, validity__contains=timezone.localdate(),
    ).order_by("level", "sort_key")  # fmt: skip
    return [(str(unit.pk), unit.name) for unit in found[:MOST_UNITS]]


def may_write(request: HttpRequest) -> bool:
    """Whether the officer works on providers somewhere."""
    return "providers.write" in request.permissions  # type: ignore[attr-defined]


@requires("providers.read")
@require_http_methods(["GET"])
def providers(request: HttpRequest) -> HttpResponse:
    """Every provider and how many contracts are in force."""
    on, wrong = day_asked(request)
    found = [(each, KIND_LABELS[each.kind]) for each in queries.provider_list(on=on)]
    context = {
        "found": found,
        "on": on,
        "wrong": wrong,
        "form": ProviderForm(),
        "may_write": may_write(request),
    }
    return render(request, "providers/providers.html", context)


@requires("providers.write")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a provider."""
    form = ProviderForm(request.POST)
    if form.is_valid():
        try:
            made = add_provider(**form.cleaned_data, by=officer_of(request), at=timezone.now())
        except Refusal as refused:
            form.add_error("name", shown(refused))
        else:
            return redirect("providers:provider", made.pk)
    on = timezone.localdate()
    found = [(each, KIND_LABELS[each.kind]) for each in queries.provider_list(on=on)]
    context = {"found": found, "on": on, "form": form, "may_write": True}
    return render(request, "providers/providers.html", context, status=422)


def _found(provider_id: int) -> Provider:
    found = Provider.objects.filter(pk=provider_id).first()
    if found is None:
        raise Http404
    return found


@requires("providers.read")
@require_http_methods(["GET"])
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    """One provider: facts on a day, communes out of reach, contracts."""
    return _page(request, _found(provider_id))


def _page(request: HttpRequest, found: Provider, form: FactForm | None = None) -> HttpResponse:
    on, wrong = day_asked(request)
    units = units_choices(request, "providers.read", ("province", "district", "commune"))
    chosen = request.GET.get("don-vi", "")
    within = next((pair for pair in units if pair[0] == chosen), units[0] if units else None)
    gaps = (
        queries.communes_out_of_reach(provider_id=found.pk, unit_id=int(within[0]), on=on) if within else []
    )
    facts = [
        (fact, FACT_LABELS[fact.kind], fact.kind in YES_NO)
        for fact in queries.facts_on(provider_id=found.pk, on=on)[:500]
    ]
    writable = units_choices(request, "providers.write", ("province", "district", "commune"))
    context = {
        "provider": found, "kind": KIND_LABELS[found.kind], "on": on, "wrong": wrong, "facts": facts,
        "units": units, "within": within, "gaps": gaps,
        "form": form or FactForm(units=writable, initial={"valid_from": on}),
        "may_write": may_write(request),
        "contracts": Contract.objects.filter(provider=found, unit_id__in=_seen(request))
        .select_related("unit").order_by("-signed_on", "-pk"),
    }  # fmt: skip
    return render(request, "providers/provider.html", context, status=422 if form and form.errors else 200)


def _seen(request: HttpRequest) -> set[int]:
    units = request.units_for("providers.read")  # type: ignore[attr-defined]
    return queries.seen_units(unit_ids=units, on=timezone.localdate())


@requires("providers.write")
@require_POST
def fact(request: HttpRequest, provider_id: int) -> HttpResponse:
    """Record what a provider has somewhere from a day on."""
    found = _found(provider_id)
    writable = units_choices(request, "providers.write", ("province", "district", "commune"))
    form = FactForm(request.POST, units=writable)
    if form.is_valid():
        data = form.cleaned_data
        try:
            record_facts(
                provider_id=found.pk, kind=data["kind"], quantities={int(data["unit"]): data["quantity"]},
                hamlet=data["hamlet"].strip(), valid_from=data["valid_from"], evidence=data["evidence"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("valid_from", shown(refused))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("providers:provider", found.pk)
    return _page(request, found, form)
