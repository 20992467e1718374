# SPDX-License-Identifier: MPL-2.0
"""The audit log on the screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.audit.queries import PAGE, Filter, events, head
from ansinh.rules.dates import parse_date
from ansinh.rules.refusals import Refusal
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


def _day(request: HttpRequest, name: str) -> date | None:
    typed = request.GET.get(name, "").strip()
    return parse_date(typed) if typed else None


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


@requires("audit.read")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Events, newest first: auditors see all, others their own acts and those of their units."""
    wrong = ""
    try:
        days: dict[str, Any] = {"first_day": _day(request, "tu"), "last_day": _day(request, "den")}
    except Refusal as refused:
        wrong, days = shown(refused), {}
    wanted = Filter(
        act=request.GET.get("viec", "").strip()[:60] or None,
        subject=request.GET.get("doi-tuong", "").strip()[:60] or None,
        subject_id=request.GET.get("so", "").strip()[:64] or None,
        by=_number(request, "can-bo"),
        before=_number(request, "truoc"),
        **days,
    )
    sees_all = "audit.read_all" in request.permissions  # type: ignore[attr-defined]
    units = None if sees_all else request.units_for("audit.read")  # type: ignore[attr-defined]
    found = list(events(wanted=wanted, own=request.user.pk, unit_ids=units))
    newest = head()
    query = request.GET.copy()
    query.pop("truoc", None)
    context = {
        "found": found,
        "wanted": wanted,
        "wrong": wrong,
        "head": newest,
        "head_hash": bytes(newest.hash).hex() if newest else "",
        "older": found[-1].pk if len(found) == PAGE else None,
        "query": query.urlencode(),
    }
    return render(request, "audit/events.html", context, status=422 if wrong else 200)
