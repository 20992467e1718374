# SPDX-License-Identifier: MPL-2.0
"""What the home page shows below today's work: the figures of the officer's own unit, and of their role
what they can do something about."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from ansinh.dashboards import queries
from ansinh.dashboards.views.asked import READ, asked_unit, below
from ansinh.ui.navigation import Panel

BEHIND = 5  # units that are farthest from the target


def panel(request: HttpRequest) -> Panel | None:
    """The unit's figures of the latest month that was counted; nothing for those without the duty."""
    held = request.permissions  # type: ignore[attr-defined]
    month = queries.last_month()
    if READ not in held or month is None:
        return None
    on = timezone.localdate()
    try:
        unit, _above = asked_unit(request, on)
    except Http404:
        return None
    figures = queries.of_unit(unit_id=unit.pk, month=month, on=on)
    months = queries.trend(unit_id=unit.pk, last=month, on=on)
    behind = []
    if unit.level != "commune":
        rows = queries.ranking(unit_ids=below(unit, on), month=month, on=on)
        behind = [row for row in reversed(rows) if row.rank is not None and row.figures.left][:BEHIND]
    return Panel(
        "dashboards/home_panel.html",
        {
            "unit": unit, "month": month, "typed": f"{month.month:02d}/{month.year}", "figures": figures,
            "trend": months, "chart": queries.chart(months=months), "behind": behind,
            "refreshed": queries.refreshed(month=month), "target": queries.TARGET_PERCENT,
            "may_pay": "money.read" in held, "may_people": "register.read" in held,
            "may_steer": "directives.read" in held,
        },
    )  # fmt: skip
