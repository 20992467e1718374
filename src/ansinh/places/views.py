# SPDX-License-Identifier: MPL-2.0
"""Places on a date."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ansinh.places import queries
from ansinh.places.models import Unit
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked


@requires("places.read")
def units(request: HttpRequest) -> HttpResponse:
    """Search units by name or code on a day; without a search, the provinces of that day."""
    on, wrong = day_asked(request)
    text = request.GET.get("tim", "").strip()
    found = queries.search(text=text, on=on) if text else queries.children(unit_id=None, on=on)
    context = {"on": on, "typed": request.GET.get("ngay", ""), "wrong": wrong, "text": text}
    context |= {"found": found, "limit": queries.MOST_FOUND}
    return render(request, "places/units.html", context, status=422 if wrong else 200)


@requires("places.read")
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: its dates, what it belonged to, what is below it, what became of it."""
    found = get_object_or_404(Unit, key=key)
    on, wrong = day_asked(request)
    if not (found.validity.lower is None or found.validity.lower <= on):
        on = found.validity.lower
    if found.validity.upper is not None and on >= found.validity.upper:
        on = date.fromordinal(found.validity.upper.toordinal() - 1)
    context = {
        "unit": found,
        "on": on,
        "wrong": wrong,
        "above": list(reversed(queries.ancestors(unit_id=found.pk, on=on))),
        "below": queries.children(unit_id=found.pk, on=on),
        "became": queries.successors(unit_id=found.pk),
        "came_from": queries.predecessors(unit_id=found.pk),
    }
    return render(request, "places/unit.html", context)
