# SPDX-License-Identifier: MPL-2.0
"""The figures of a unit in a month, the people behind them, and the same as open data."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ansinh.dashboards import queries
from ansinh.dashboards.views.asked import asked_month, asked_unit, below, communes_of
from ansinh.oversight.queries import samples
from ansinh.ui.access import requires

PAGE = 50
READ = "dashboards.read"
BANDS = (100, 200, 300, 500)  # tenths of a percent where a tile becomes darker; 300 is the target
GROUP_LABELS = {
    "A": _("nhận qua tài khoản"), "B": _("có tài khoản, chưa đăng ký"), "C": _("chưa có, mở được"),
    "D": _("không mở được, có người nhận thay"), "E": _("không mở được, không có ai nhận thay"),
    "F": _("từ chối, có phiếu"),
}  # fmt: skip


@requires(READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """A unit's month: both percentages against the target, groups, channels, money, ranking, trend."""
    month, wrong = asked_month(request)
    unit, above = asked_unit(request, timezone.localdate())
    on = timezone.localdate()
    rows = queries.ranking(unit_ids=below(unit, on), month=month, on=on)
    months = queries.trend(unit_id=unit.pk, last=month, on=on)
    figures = queries.of_unit(unit_id=unit.pk, month=month, on=on)
    context: dict[str, Any] = {
        "unit": unit, "above": above, "month": month, "wrong": wrong, "figures": figures,
        "typed": request.GET.get("thang", "") if wrong else f"{month.month:02d}/{month.year}",
        "groups": [(name, GROUP_LABELS[name], count) for name, count in figures.groups],
        "rows": rows, "tiles": sorted(rows, key=lambda row: row.name), "bands": BANDS,
        "trend": months, "refreshed": queries.refreshed(month=month), "target": queries.TARGET_PERCENT,
        "few": queries.FEW,
        "chart": queries.chart(months=months),
        "error": samples.rate(month=month, commune_ids=communes_of(unit, on)),
        "may_see_samples": "oversight.read" in request.permissions,  # type: ignore[attr-defined]
        "may_open": "register.read" in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "dashboards/overview.html", context, status=422 if wrong else 200)


@requires("register.read")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people behind a figure."""
    month, _wrong = asked_month(request)
    unit, _above = asked_unit(request, timezone.localdate())
    group = request.GET.get("nhom", "")
    group = group if group in queries.GROUPS else ""
    found = queries.people_in(group=group, month=month, unit_id=unit.pk, on=timezone.localdate())
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "unit": unit, "month": month,
        "typed": f"{month.month:02d}/{month.year}", "group": group, "label": GROUP_LABELS.get(group, ""),
        "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "dashboards/people.html", context)


@requires(READ)
@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    """The aggregates of a month for everybody: no small count, and none that gives one away."""
    month, _wrong = asked_month(request)
    unit, _above = asked_unit(request, timezone.localdate())
    on = timezone.localdate()
    rows = queries.ranking(unit_ids=below(unit, on), month=month, on=on)
    by_name = sorted(rows, key=lambda row: row.name)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("unit", "beneficiaries", "paid_by_account", "percent_of_all"))
    writer.writerows(queries.publishable(rows=by_name, total=unit.name))
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"du-lieu-mo-{month.year}-{month.month:02d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
