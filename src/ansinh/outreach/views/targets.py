# SPDX-License-Identifier: MPL-2.0
"""Targets: how far a unit is, by its parts, over time; each number opens the people behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ansinh.outreach import queries
from ansinh.outreach.export import as_workbook
from ansinh.outreach.forms import GROUP_LABELS
from ansinh.outreach.models import Target
from ansinh.outreach.queries import Standing
from ansinh.places.models import Unit
from ansinh.rules.dates import format_date
from ansinh.rules.outreach import permille
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what the address says -> (what is counted, its label)
FIGURE_LABELS = {name: (name, label) for name, label in GROUP_LABELS} | {
    "tat-ca": ("all", _("Tổng số")),
    "du-dieu-kien": ("eligible", _("Đủ điều kiện có tài khoản")),
    "co-tai-khoan": ("with_account", _("Có tài khoản")),
    "da-dang-ky": ("registered", _("Đã đăng ký chi qua tài khoản")),
    "con-thieu": ("left", _("Đủ điều kiện, chưa đăng ký")),
}
WIDEST_FIRST = {"province": 0, "district": 1, "commune": 2}


def _units(request: HttpRequest, on: date) -> list[Unit]:
    """Units of the officer that exist on a day, the widest first."""
    ids = request.units_for("outreach.read")  # type: ignore[attr-defined]
    found = Unit.objects.filter(pk__in=ids, level__in=WIDEST_FIRST, validity__contains=on)
    return sorted(found, key=lambda unit: (WIDEST_FIRST[unit.level], unit.sort_key, unit.pk))


def _asked(request: HttpRequest) -> tuple[list[Unit], Unit, date, str]:
    """(units, the unit asked about, the day, what is wrong with it)."""
    on, wrong = day_asked(request)
    units = _units(request, on)
    if not units:
        raise Http404
    wanted = request.GET.get("don-vi", "")
    unit = next((each for each in units if str(each.pk) == wanted), None)
    if unit is None and wanted:
        raise Http404
    return units, unit or units[0], on, wrong


def _thermometer(target: Target, standing: Standing) -> dict[str, Any]:
    """One target as the page shows it."""
    counted, over = standing.counted(target), standing.over(target)
    return {
        "target": target,
        "label": target.label_en if get_language() == "en" else target.label,
        "counted": counted, "over": over, "share": permille(counted, over),
        "left": queries.people_left(standing=standing, target=target),
        "reached": bool(over) and counted * 1000 >= over * target.permille,
    }  # fmt: skip


@requires("outreach.read")
@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """How far a unit is on a day: thermometer, groups, parts in order, months before."""
    units, unit, on, wrong = _asked(request)
    standing = queries.standing(unit=unit, on=on)
    found = queries.targets_of(unit=unit, on=on)
    parts = queries.parts(unit=unit, on=on)
    chosen = next(
        (each for each in found if each.code == request.GET.get("chi-tieu")), found[-1] if found else None
    )
    ranked = []
    if chosen is not None:
        ranked = queries.ranking(found=parts, before=queries.before(unit=unit, on=on), target=chosen)
    context = {
        "units": units[:400], "unit": unit, "on": on, "typed": request.GET.get("ngay", ""), "wrong": wrong,
        "standing": standing, "thermometers": [_thermometer(each, standing) for each in found],
        "groups": [(name, label, standing.groups[name]) for name, label in GROUP_LABELS],
        "chosen": chosen, "ranked": ranked, "trend": _trend(unit, on, chosen), "small": queries.SMALL,
        "is_commune": unit.level == "commune",
    }  # fmt: skip
    return render(request, "outreach/targets.html", context, status=422 if wrong else 200)


def _trend(unit: Unit, on: date, target: Target | None) -> list[dict[str, Any]]:
    if target is None:
        return []
    return [
        {"month": month, "share": permille(each.counted(target), each.over(target)),
         "counted": each.counted(target), "over": each.over(target)}
        for month, each in queries.trend(unit=unit, on=on)
    ]  # fmt: skip


@requires("outreach.read")
@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """The people behind a figure: a group or a total, in a unit or a hamlet, as of a day."""
    _all, unit, on, _wrong = _asked(request)
    asked = request.GET.get("nhom", "")
    if asked not in FIGURE_LABELS:
        raise Http404
    figure, label = FIGURE_LABELS[asked]
    communes = queries.communes_below(unit=unit, on=on)
    hamlet = request.GET.get("thon") if "thon" in request.GET else None
    found = queries.behind(commune_ids=communes, figure=figure, hamlet=hamlet, on=on)
    if kind := asked_kind(request.GET.get("tai")):
        rows = ((each.name, each.commune.name, each.hamlet) for each in found[:MOST_ROWS])
        return list_file(
            kind=kind, name=f"{unit.code}-{asked}-{on:%Y%m%d}", rows=rows, who=officer_of(request).full_name,
            heads=[_("Họ và tên"), _("Xã, phường"), _("Thôn, tổ")],
        )  # fmt: skip
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "unit": unit, "group": label, "hamlet": hamlet, "on": on,
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "outreach/behind.html", context)


@requires("outreach.read")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The parts' figures as .xlsx."""
    _all, unit, on, _wrong = _asked(request)
    title = f"{unit.name}, ngày {format_date(on)}"
    content = as_workbook(title=title, parts=queries.parts(unit=unit, on=on))
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="chi-tieu-{unit.code}-{on:%Y%m%d}.xlsx"'
    return answer
