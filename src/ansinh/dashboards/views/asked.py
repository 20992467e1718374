# SPDX-License-Identifier: MPL-2.0
"""What the pages of figures are asked for in their addresses."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from ansinh.dashboards import queries
from ansinh.places.models import Unit
from ansinh.places.queries import children, units_covered, with_history
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import shown

READ = "dashboards.read"
LEVELS = ("province", "district", "commune")


def asked_month(request: HttpRequest, fallback: Month | None = None) -> tuple[Month, str]:
    """The month in `?thang=` and what is wrong with it; `fallback`, or the latest counted, when nothing
    is asked."""
    typed = request.GET.get("thang", "").strip()
    fallback = fallback or queries.last_month() or Month.of(timezone.localdate())
    if not typed:
        return fallback, ""
    try:
        return Month.parse(typed), ""
    except Refusal as refused:
        return fallback, shown(refused)


def asked_unit(request: HttpRequest, on: date) -> tuple[Unit, list[Unit]]:
    """The unit in `?don-vi=` and those above it in the jurisdiction; the highest when nothing is asked."""
    units: set[int] = request.units_for(READ)  # type: ignore[attr-defined]
    text = request.GET.get("don-vi", "")
    of_the_day = Unit.objects.filter(pk__in=units, validity__contains=on)
    if text.isascii() and text.isdigit() and len(text) < 12:
        found = Unit.objects.filter(pk=int(text), pk__in=units).exclude(level="hamlet").first()
    else:
        found = next(
            (unit for level in LEVELS for unit in of_the_day.filter(level=level)[:1]),
            None,
        )
    if found is None:
        raise Http404
    return found, list(of_the_day.filter(level__in=["province", "district"]).order_by("sort_key"))


def unit_of_day(request: HttpRequest, on: date) -> tuple[Unit, list[Unit]]:
    """The unit in `?don-vi=` if it existed on a day, else the highest that did, and all that did: a report
    as of 2024 speaks of the units of 2024."""
    units: set[int] = request.units_for(READ)  # type: ignore[attr-defined]
    found = Unit.objects.filter(pk__in=units, validity__contains=on, level__in=LEVELS).order_by("sort_key")
    known = sorted(found, key=lambda unit: LEVELS.index(unit.level))
    if not known:
        raise Http404
    wanted = request.GET.get("don-vi", "")
    return next((unit for unit in known if str(unit.pk) == wanted), known[0]), known


def below(unit: Unit, on: date) -> list[int]:
    """The units that are compared: those directly below, or the unit itself."""
    found = [each.pk for each in children(unit_id=unit.pk, on=on).exclude(level="hamlet")]
    return found or [unit.pk]


def communes_of(unit: Unit, on: date) -> set[int]:
    """Everything that a unit answers for on a day, with what it was made of."""
    return with_history(unit_ids={unit.pk} | units_covered(unit_ids=[unit.pk], on=on))
