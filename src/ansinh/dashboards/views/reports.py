# SPDX-License-Identifier: MPL-2.0
"""Official reports: which there are, one as a table on the page, and the same as .xlsx, .docx and PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.dashboards.reports import FORMS, Form
from ansinh.dashboards.reports.asked import Asked
from ansinh.dashboards.views.asked import READ, asked_month, unit_of_day
from ansinh.directives.official import REPORTS, Report, ReportTooLong
from ansinh.directives.views.asked import paper_answer
from ansinh.rules.months import Month
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.fields import shown

MOST_SHOWN = 300


@requires(READ)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that this officer may make."""
    held = request.permissions  # type: ignore[attr-defined]
    forms = [(code, form) for code, form in FORMS.items() if form.permission in held]
    return render(request, "dashboards/reports.html", {"forms": forms})


@requires(READ)
@require_GET
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One report as of a day for a unit of that day: the table, or the file that `?dang=` asks for."""
    form = FORMS.get(code)
    if form is None or form.permission not in request.permissions:  # type: ignore[attr-defined]
        raise Http404
    on, wrong_day = day_asked(request)
    month, wrong_month = asked_month(request, Month.of(on) if request.GET.get("ngay") else None)
    unit, units = unit_of_day(request, on)
    asked = Asked(
        unit, month, on, request.GET.get("so", "").strip()[:40], request.GET.get("thon", "").strip()[:120]
    )
    wrong = wrong_day or wrong_month
    kind = request.GET.get("dang", "")
    if kind and kind not in REPORTS:
        raise Http404
    too_long = ""
    made: Report | None = None
    try:
        made = form.make(asked)
        if kind and not wrong:
            name = f"{code}-{unit.code}-{month.year}-{month.month:02d}"
            return paper_answer(REPORTS[kind](made), kind, name)
    except ReportTooLong as refused:
        too_long = shown(refused)
    context = _context(request, form, asked, made) | {
        "code": code, "units": units, "wrong_day": wrong_day, "wrong_month": wrong_month,
        "too_long": too_long, "public": code == "mau-81",
    }  # fmt: skip
    return render(request, "dashboards/report.html", context, status=422 if wrong or too_long else 200)


def _context(request: HttpRequest, form: Form, asked: Asked, made: Report | None) -> dict[str, object]:
    query = request.GET.copy()
    query.pop("dang", None)
    rows = made.rows if made else []
    return {
        "form": form, "unit": asked.unit, "month": asked.month, "on": asked.on, "made": made,
        "number": asked.number, "hamlet": asked.hamlet, "query": query.urlencode(),
        "typed_month": request.GET.get("thang", "") or f"{asked.month.month:02d}/{asked.month.year}",
        "rows": [list(zip(row, made.numeric, strict=True)) for row in rows[:MOST_SHOWN]] if made else [],
        "total": list(zip(made.total, made.numeric, strict=True)) if made and made.total else [],
        "heads": list(zip(made.heads, made.numeric, strict=True)) if made else [],
        "more": max(0, len(rows) - MOST_SHOWN),
    }  # fmt: skip
