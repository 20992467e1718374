# SPDX-License-Identifier: MPL-2.0
"""One payroll: its totals, its differences, its list, one line with its steps."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.approvals.models import Submission
from ansinh.payroll import labels, queries
from ansinh.payroll.actions.budget import draws
from ansinh.payroll.actions.compare import previous_of, sums
from ansinh.payroll.lifecycles import PAYROLL, PayrollState
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.papers import forms_on
from ansinh.payroll.views.board import blocks_of, row_of
from ansinh.payroll.views.found import READ, note_opened, payroll_of
from ansinh.places.models import Unit
from ansinh.registry.labels import confidential_codes
from ansinh.registry.views.looking import GROUNDS
from ansinh.rules.months import Month
from ansinh.ui.access import requires

PAGE, MOST = 50, 200


def kept_query(query: QueryDict) -> str:
    """The filters of the address without the page."""
    kept = query.copy()
    kept.pop("trang", None)
    return kept.urlencode()


@requires("payroll.read")
@require_GET
def payroll(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """One payroll: what differs first, then totals, what is held, and what may be done now."""
    found = payroll_of(request, payroll_id, READ)
    previous = previous_of(payroll=found) if found.previous_id else []
    may = found.unit_id in request.units_for("batch.prepare")  # type: ignore[attr-defined]
    groups = [g | {"label": labels.DIFFERENCES[g["kind"]]} for g in queries.difference_groups(payroll=found)]
    submission = Submission.objects.filter(pk=found.submission_id or 0).first()
    context = row_of(found) | {
        "sha256": bytes(found.content_sha256 or b"").hex(), "held": _held(found), "groups": groups,
        "blocks": blocks_of(found), "budget": _budget(found),
        "sums": sums(payroll=found, previous=previous) if previous else None,
        "previous_month": Month.of(previous[0].period) if previous else None,
        "can": PAYROLL.allowed(PayrollState(found.state)) if may else (), "submission": submission,
        "approvals": submission.approvals.select_related("officer").order_by("at") if submission else [],
        "unowed": _unowed(found), "communes": queries.commune_names(payroll=found),
        "entries": found.entries.filter(state="used").count(),
        "forms": [(code, form.label) for code, form in forms_on(payroll=found).items()],
    }  # fmt: skip
    return render(request, "payroll/payroll.html", context)


def _held(found: Payroll) -> list[dict[str, Any]]:
    return [
        {"code": code, "many": many, "vnd": vnd}
        | dict(zip(("why", "how"), labels.hold_of(code), strict=True))
        for code, many, vnd in queries.held_groups(payroll=found)
    ]


def _unowed(found: Payroll) -> list[dict[str, Any]]:
    """Who is owed nothing and why, by public names: a code alone may be a confidential ground."""
    rows = queries.unowed(payroll=found, most=MOST)
    for row in rows:
        row["not_owed"] = [each | {"code": labels.benefit_of(each["code"])} for each in row["not_owed"]]
    return rows


def _budget(found: Payroll) -> list[dict[str, Any]]:
    """What this payroll draws on whose estimate, what would be left, what is missing."""
    if not found.content_sha256:
        return []
    drawn = draws(payroll=found)
    names = dict(Unit.objects.filter(pk__in=[draw.unit_id or 0 for draw in drawn]).values_list("pk", "name"))
    return [
        {"name": names.get(draw.unit_id or 0, ""), "draw": draw, "after": draw.left_vnd - draw.wanted_vnd}
        for draw in drawn
    ]


@requires("payroll.read")
@require_GET
def differences(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Tăng, giảm, thay đổi: each with its reason, those without one first."""
    found = payroll_of(request, payroll_id, READ)
    kind = request.GET.get("loai", "")
    if kind and kind not in labels.DIFFERENCES:
        raise Http404
    if kind:
        note_opened(request, found, kind)
    page = Paginator(queries.differences(payroll=found, kind=kind), PAGE).get_page(request.GET.get("trang"))
    names = queries.names_of(person_ids=(row.person_id for row in page))
    rows = [
        {"row": row, "name": names.get(row.person_id, "–"), "kind": labels.DIFFERENCES[row.kind],
         "reason": labels.REASONS.get(row.reason, row.reason),
         "evidence": labels.said_evidence(row.reason, row.evidence)}
        for row in page
    ]  # fmt: skip
    may = found.unit_id in request.units_for("batch.prepare")  # type: ignore[attr-defined]
    counts = {each["kind"]: each["many"] for each in queries.difference_groups(payroll=found)}
    context = row_of(found) | {
        "rows": rows, "page": page, "query": kept_query(request.GET), "tab": kind,
        "tabs": [(key, label, counts.get(key, 0)) for key, label in labels.DIFFERENCES.items()],
        "may_explain": may and found.state in {"calculated", "returned"},
    }  # fmt: skip
    return render(request, "payroll/differences.html", context)


def filter_of(request: HttpRequest) -> queries.LineFilter:
    """The filter in the address."""
    commune = request.GET.get("xa", "")
    return queries.LineFilter(
        commune=int(commune) if commune.isdigit() else None, hamlet=request.GET.get("thon", "")[:120],
        channel=request.GET.get("kenh", "")[:16], kind=request.GET.get("khoan", "")[:16],
        hold=request.GET.get("giu", "")[:40],
    )  # fmt: skip


@requires("payroll.read")
@require_GET
def lines(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """The whole list, by commune, hamlet and name, with the sums of what is filtered."""
    found = payroll_of(request, payroll_id, READ)
    wanted = filter_of(request)
    page = Paginator(queries.lines(payroll=found, wanted=wanted), PAGE).get_page(request.GET.get("trang"))
    communes = queries.commune_names(payroll=found)
    rows = [
        {"line": each, "kind": labels.KINDS[each.kind], "code": labels.benefit_of(each.code),
         "hold": labels.hold_of(each.hold)[0] if each.hold else "",
         "channel": labels.CHANNELS.get(each.channel, each.channel), "month": Month.of(each.benefit_month)}
        for each in page
    ]  # fmt: skip
    context = row_of(found) | {
        "page": page, "lines": rows, "query": kept_query(request.GET), "communes": communes,
        "asked": request.GET, "kinds": labels.KINDS, "channels": labels.CHANNELS,
        "hamlets": queries.hamlets(payroll=found, commune=wanted.commune) if wanted.commune else [],
        "totals": queries.line_totals(payroll=found, wanted=wanted),
        "forms": [(code, form.label) for code, form in forms_on(payroll=found).items()],
    }  # fmt: skip
    return render(request, "payroll/lines.html", context)


@requires("payroll.read")
@require_GET
def line(request: HttpRequest, payroll_id: int, line_id: int) -> HttpResponse:
    """Why this amount: the steps and citations of one line, and who receives it where."""
    found = payroll_of(request, payroll_id, READ)
    one = Line.objects.filter(payroll_id=found.pk, id=line_id).first()
    if one is None:
        raise Http404
    why = queries.why(line=one)
    why["kept_open"] = one.commune_id in request.units_for(GROUNDS)  # type: ignore[attr-defined]
    if one.code in confidential_codes() and not why["kept_open"]:
        why |= {"said": None, "not_owed": [], "kept_closed": True}
    context = row_of(found) | why | {
        "line": one, "kind": labels.KINDS[one.kind], "line_month": Month.of(one.benefit_month),
        "channel": labels.CHANNELS.get(one.channel, one.channel), "code": labels.benefit_of(one.code),
        "hold": labels.hold_of(one.hold) if one.hold else None,
    }  # fmt: skip
    return render(request, "payroll/line.html", context)
