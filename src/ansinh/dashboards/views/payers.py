# SPDX-License-Identifier: MPL-2.0
"""How payers do after they were chosen, and whom they reach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.dashboards.performance import Coverage, Covered, coverage, performed
from ansinh.dashboards.views.asked import READ, asked_month, unit_of_day
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked

MOST_HAMLETS = 400


@requires(READ)
@require_GET
def payers(request: HttpRequest) -> HttpResponse:
    """On time, returned, not reported, complaints of each contract in a month; people within reach of
    each payer, hamlet by hamlet, the gaps first."""
    on, wrong_day = day_asked(request)
    month, wrong_month = asked_month(request)
    unit, units = unit_of_day(request, on)
    known = performed(unit_ids=[unit.pk], month=month, on=timezone.localdate())
    reached = coverage(unit_id=unit.pk, on=on)
    hamlets = sorted(reached.hamlets, key=lambda each: not each.is_gap)[:MOST_HAMLETS]
    context = {
        "unit": unit, "units": units, "month": month, "on": on, "known": known, "reached": reached,
        "wrong_day": wrong_day, "wrong_month": wrong_month,
        "typed_month": request.GET.get("thang", "") or f"{month.month:02d}/{month.year}",
        "payers": list(reached.payers.values()), "rows": [_row(each, reached) for each in hamlets],
        "more": len(reached.hamlets) - len(hamlets), "shares": reached.shares(),
    }  # fmt: skip
    return render(request, "dashboards/payers.html", context, status=422 if wrong_day or wrong_month else 200)


def _row(each: Covered, reached: Coverage) -> tuple[Covered, list[int]]:
    return each, [each.reach.get(payer, 0) for payer in reached.payers]
