# SPDX-License-Identifier: MPL-2.0
"""The figures of a unit in a month, the people behind them, and the same as papers."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ansinh.dashboards import queries
from ansinh.directives.official import REPORTS, TYPES, Head, Report
from ansinh.places.models import Unit
from ansinh.places.queries import children
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
READ = "dashboards.read"
LEVELS = ("province", "district", "commune")
BANDS = (100, 200, 300, 500)  # tenths of a percent where a tile becomes darker; 300 is the target
GROUP_LABELS = {
    "A": _("nhận qua tài khoản"), "B": _("có tài khoản, chưa đăng ký"), "C": _("chưa có, mở được"),
    "D": _("không mở được, có người nhận thay"), "E": _("không mở được, không có ai nhận thay"),
    "F": _("từ chối, có phiếu"),
}  # fmt: skip


def _asked_month(request: HttpRequest) -> tuple[Month, str]:
    """The month in `?thang=` and what is wrong with it; the latest counted when nothing is asked."""
    typed = request.GET.get("thang", "").strip()
    fallback = queries.last_month() or Month.of(timezone.localdate())
    if not typed:
        return fallback, ""
    try:
        return Month.parse(typed), ""
    except Refusal as refused:
        return fallback, shown(refused)


def _asked_unit(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit in `?don-vi=` and those above it in the jurisdiction; the highest when nothing is asked."""
    units: set[int] = request.units_for(READ)  # type: ignore[attr-defined]
    text = request.GET.get("don-vi", "")
    living = Unit.objects.filter(pk__in=units, validity__contains=timezone.localdate())
    if text.isascii() and text.isdigit() and len(text) < 12:
        found = Unit.objects.filter(pk=int(text), pk__in=units).exclude(level="hamlet").first()
    else:
        found = next(
            (unit for level in LEVELS for unit in living.filter(level=level)[:1]),
            None,
        )
    if found is None:
        raise Http404
    return found, list(living.filter(level__in=["province", "district"]).order_by("sort_key"))


def _below(unit: Unit) -> list[int]:
    """The units that are compared: those directly below, or the unit itself."""
    on = timezone.localdate()
    found = [each.pk for each in children(unit_id=unit.pk, on=on).exclude(level="hamlet")]
    return found or [unit.pk]


@requires(READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """A unit's month: both percentages against the target, groups, channels, money, ranking, trend."""
    month, wrong = _asked_month(request)
    unit, above = _asked_unit(request)
    on = timezone.localdate()
    rows = queries.ranking(unit_ids=_below(unit), month=month, on=on)
    months = queries.trend(unit_id=unit.pk, last=month, on=on)
    figures = queries.of_unit(unit_id=unit.pk, month=month, on=on)
    context: dict[str, Any] = {
        "unit": unit, "above": above, "month": month, "wrong": wrong, "figures": figures,
        "typed": request.GET.get("thang", "") if wrong else f"{month.month:02d}/{month.year}",
        "groups": [(name, GROUP_LABELS[name], count) for name, count in figures.groups],
        "rows": rows, "tiles": sorted(rows, key=lambda row: row.name), "bands": BANDS,
        "trend": months, "refreshed": queries.refreshed(month=month), "target": queries.TARGET_PERCENT,
        "few": queries.FEW,
        "chart": {
            "months": [str(each) for each, _figures in months],
            "all": [found.of_all for _month, found in months],
            "eligible": [found.of_eligible for _month, found in months],
            "target": queries.TARGET_PERCENT * 10,
        },
        "may_open": "register.read" in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "dashboards/overview.html", context, status=422 if wrong else 200)


@requires("register.read")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people behind a figure."""
    month, _wrong = _asked_month(request)
    unit, _above = _asked_unit(request)
    group = request.GET.get("nhom", "")
    group = group if group in queries.GROUPS else ""
    found = queries.people_in(group=group, month=month, unit_id=unit.pk, on=timezone.localdate())
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "unit": unit, "month": month,
        "group": group, "label": GROUP_LABELS.get(group, ""), "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "dashboards/people.html", context)


def _percent(tenths: int | None) -> str:
    return "–" if tenths is None else f"{tenths // 10},{tenths % 10}"


@requires(READ)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same figures as an official report (.xlsx, .docx, PDF), or as open data without small counts."""
    month, _wrong = _asked_month(request)
    unit, _above = _asked_unit(request)
    kind, on = request.GET.get("dang", "xlsx"), timezone.localdate()
    rows = queries.ranking(unit_ids=_below(unit), month=month, on=on)
    name = f"tien-do-{month.year}-{month.month:02d}"
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(("unit", "beneficiaries", "paid_by_account", "percent_of_all"))
        writer.writerows(queries.publishable(rows=rows))
        content, mime = out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"
    elif kind in REPORTS:
        whole = queries.of_unit(unit_id=unit.pk, month=month, on=on)
        content, mime = REPORTS[kind](_report(unit, month, rows, whole)), TYPES[kind]
    else:
        raise Http404
    answer = HttpResponse(content, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _report(unit: Unit, month: Month, rows: list[queries.Row], whole: queries.Figures) -> Report:
    on = timezone.localdate()
    return Report(
        head=Head(
            agency_above="", agency=f"Ủy ban nhân dân {unit.name}", number="…/BC-UBND",
            place=unit.name, on=on,
            title="Báo cáo tiến độ chi trả an sinh xã hội không dùng tiền mặt", subtitle=f"({month.vi})",
        ),
        heads=("STT", "Đơn vị", "Tổng số", "Đủ điều kiện", "Qua tài khoản", "% tổng số", "% đủ điều kiện",
               "Còn thiếu để đạt chỉ tiêu"),
        rows=[
            (
                at, row.name, row.figures.people, row.figures.eligible, row.figures.a,
                _percent(row.figures.of_all), _percent(row.figures.of_eligible), row.figures.left,
            )
            for at, row in enumerate(sorted(rows, key=lambda each: each.name), 1)
        ],
        widths=(1, 5, 2, 2, 2, 2, 2, 3),
        intro=(f"Chỉ tiêu: {queries.TARGET_PERCENT}% tổng số người hưởng nhận qua tài khoản.",),
        outro=(
            f"Cộng: {whole.people} người, {whole.a} qua tài khoản, {_percent(whole.of_all)}% tổng số,"
            f" {_percent(whole.of_eligible)}% người đủ điều kiện.",
        ),
        code=f"TD-{unit.pk}-{month.year}-{month.month:02d}", landscape=True,
    )  # fmt: skip
