# SPDX-License-Identifier: MPL-2.0
"""Samples and their error rate, the visits of a month, one visit on a phone, the proof of a sample."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.oversight.actions.draws import publish_seed
from ansinh.oversight.actions.visits import miss_visit, record_visit
from ansinh.oversight.forms import MISSED, SeedForm, VisitForm
from ansinh.oversight.labels import FINDINGS, STATES
from ansinh.oversight.models import Draw, Seed, Visit
from ansinh.oversight.queries import samples as queries
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.scope import opened_to_all
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
READ, LEAD, GO = "oversight.read", "oversight.lead", "visits.random"


def _units(request: HttpRequest, permission: str) -> set[int]:
    found: set[int] = request.units_for(permission)  # type: ignore[attr-defined]
    return found


@requires(READ)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Published words, samples drawn from them, and the error rate of each month."""
    return _samples_page(request, SeedForm(initial={"period": Month.of(timezone.localdate()).next}))


def _samples_page(request: HttpRequest, form: SeedForm, status: int = 200) -> HttpResponse:
    communes = _units(request, READ)
    seeds = list(Seed.objects.select_related("published_by").order_by("-period")[:24])
    months = [(seed, Month.of(seed.period)) for seed in seeds]
    context = {
        "seeds": [(seed, month, queries.rate(month=month, commune_ids=communes)) for seed, month in months],
        "draws": queries.draws(commune_ids=communes)[:60], "form": form,
        "may_publish": LEAD in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "oversight/samples.html", context, status=status)


@requires(LEAD)
@step_up_required
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the words of a month."""
    form = SeedForm(request.POST)
    if form.is_valid():
        try:
            publish_seed(
                period=form.cleaned_data["period"], text=form.cleaned_data["text"], by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("text", shown(refused))
        else:
            messages.success(request, _("Đã công bố. Mẫu được rút sau khi bảng chi khoá."))
            return redirect("oversight:samples")
    return _samples_page(request, form, 422)


@requires(READ)
@require_GET
def sample(request: HttpRequest, draw_id: int) -> HttpResponse:
    """One sample: how anybody draws it again, and whether it comes out the same."""
    found = Draw.objects.select_related("seed").filter(pk=draw_id).first()
    units = _units(request, READ)
    if found is None or not found.visits.filter(commune_id__in=units).exists():
        raise Http404
    with transaction.atomic(), opened_to_all():
        proof = queries.drawn_again(draw=found)
    context = {
        "draw": found, "month": Month.of(found.seed.period), "proof": proof,
        "content": bytes(found.content_sha256).hex(),
    }  # fmt: skip
    return render(request, "oversight/sample.html", context)


@requires(GO)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """The doors to knock at, hamlet by hamlet."""
    state = request.GET.get("loc", "open")
    state = state if state in {"open", "visited", "all"} else "open"
    found = queries.visits(month=None, commune_ids=_units(request, GO), state="" if state == "all" else state)
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "state": state,
        "states": STATES, "findings": FINDINGS, "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "oversight/visits.html", context)


@requires(GO)
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One door: who should have got how much, and what was found."""
    found = (
        Visit.objects.filter(pk=visit_id, commune_id__in=_units(request, GO))
        .select_related("person", "commune", "visitor", "draw__seed").first()
    )  # fmt: skip
    if found is None:
        raise Http404
    form = VisitForm(request.POST or None, initial={"visited_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _recorded(request, found, form):
        return redirect("oversight:visits")
    context = {
        "visit": found, "form": form, "finding": FINDINGS.get(found.finding, ""),
        "state": STATES[found.state], "month": Month.of(found.draw.seed.period),
    }  # fmt: skip
    return render(request, "oversight/visit.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, found: Visit, form: VisitForm) -> bool:
    said = form.cleaned_data
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    try:
        if said["finding"] == MISSED:
            miss_visit(visit_id=found.pk, note=said["note"], visited_on=said["visited_on"], by=by, at=at,
                       on=on)  # fmt: skip
        else:
            record_visit(
                visit_id=found.pk, finding=said["finding"], note=said["note"],
                visited_on=said["visited_on"], by=by, at=at, on=on,
            )  # fmt: skip
    except Refusal as refused:
        form.add_error("note" if refused.code == "VISIT_NEEDS_NOTE" else None, shown(refused))
        return False
    messages.success(request, _("Đã ghi lượt kiểm tra."))
    return True
