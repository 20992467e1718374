# SPDX-License-Identifier: MPL-2.0
"""The board of payrolls, one payroll, its differences, its list, one line with its steps."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ansinh.approvals.models import Submission
from ansinh.payroll import labels, queries
from ansinh.payroll.actions.budget import committed, estimates
from ansinh.payroll.actions.compare import previous_of, sums
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import title_of
from ansinh.payroll.forms import PrepareForm
from ansinh.payroll.lifecycles import PAYROLL, PayrollState
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.views.found import payroll_of
from ansinh.places.models import Unit
from ansinh.registry.labels import confidential_codes
from ansinh.registry.views.looking import GROUNDS
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE, MOST = 50, 200
MONTHS_SHOWN = 60  # payrolls on the board at most; older ones by month


def _row(payroll: Payroll) -> dict[str, Any]:
    """A payroll on the board, with what blocks it."""
    state, tone = labels.STATES[payroll.state]
    return {
        "payroll": payroll, "title": title_of(payroll=payroll), "state": state, "tone": tone,
        "month": Month.of(payroll.period), "stream": labels.STREAMS[payroll.stream],
    }  # fmt: skip


@requires("payroll.read")
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """Units × streams × state of a month, what blocks each; begin another."""
    may_prepare = request.units_for("batch.prepare")  # type: ignore[attr-defined]
    on = timezone.localdate()
    living = Unit.objects.filter(pk__in=may_prepare, validity__contains=on, level__in=("province", "commune"))
    units = [(str(unit.pk), unit.name) for unit in living.order_by("-level", "sort_key")]
    form = PrepareForm(request.POST or None, units=units)
    if request.method == "POST" and units and form.is_valid():
        said = form.cleaned_data
        try:
            made = prepare(
                unit=Unit.objects.get(pk=int(said["unit"])), stream=said["stream"], period=said["period"],
                months=int(said["months"]), by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            return redirect("payroll:payroll", made.pk)
    readable = request.units_for("payroll.read")  # type: ignore[attr-defined]
    rows = [_row(each) for each in queries.board(unit_ids=readable)[:MONTHS_SHOWN]]
    context = {"rows": rows, "form": form if units else None, "budgets": _budgets(readable, on.year)}
    return render(request, "payroll/board.html", context, status=422 if form.errors else 200)


def _budgets(units: set[int], year: int) -> list[dict[str, Any]]:
    """Estimate, committed and left, for each unit and stream that has an estimate this year."""
    found = []
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    for stream, label in labels.STREAMS.items():
        taken = committed(stream=stream, year=year)
        for unit, given in estimates(stream=stream, year=year).items():
            if unit in units:
                used = taken.get(unit, 0)
                found.append({"unit": names.get(unit, ""), "stream": label, "year": year, "given": given,
                              "used": used, "left": given - used})  # fmt: skip
    return found


@requires("payroll.read")
@require_GET
def payroll(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """One payroll: what differs first, then totals, what is held, and what may be done now."""
    found = payroll_of(request, payroll_id, "payroll.read")
    previous = previous_of(payroll=found) if found.previous_id else []
    may = found.unit_id in request.units_for("batch.prepare")  # type: ignore[attr-defined]
    held = [
        {
            "code": code,
            "many": many,
            "vnd": vnd,
            "why": labels.hold_of(code)[0],
            "how": labels.hold_of(code)[1],
        }
        for code, many, vnd in queries.held_groups(payroll=found)
    ]
    groups = [g | {"label": labels.DIFFERENCES[g["kind"]]} for g in queries.difference_groups(payroll=found)]
    submission = Submission.objects.filter(pk=found.submission_id or 0).first()
    context = _row(found) | {
        "sha256": bytes(found.content_sha256 or b"").hex(), "held": held, "groups": groups,
        "sums": sums(payroll=found, previous=previous) if previous else None,
        "previous_month": Month.of(previous[0].period) if previous else None,
        "can": PAYROLL.allowed(PayrollState(found.state)) if may else (), "submission": submission,
        "approvals": submission.approvals.select_related("officer").order_by("at") if submission else [],
        "unowed": queries.unowed(payroll=found, most=MOST), "communes": queries.commune_names(payroll=found),
    }  # fmt: skip
    return render(request, "payroll/payroll.html", context)


@requires("payroll.read")
@require_GET
def differences(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Tăng, giảm, thay đổi: each with its reason, those without one first."""
    found = payroll_of(request, payroll_id, "payroll.read")
    kind = request.GET.get("loai", "")
    if kind and kind not in labels.DIFFERENCES:
        raise Http404
    rows = [
        each | {"kind": labels.DIFFERENCES[each["row"].kind],
                "reason": labels.REASONS.get(each["row"].reason, each["row"].reason),
                "evidence": labels.said_evidence(each["row"].reason, each["row"].evidence)}
        for each in queries.differences(payroll=found, kind=kind, most=MOST)
    ]  # fmt: skip
    may = found.unit_id in request.units_for("batch.prepare")  # type: ignore[attr-defined]
    context = _row(found) | {
        "rows": rows, "tabs": labels.DIFFERENCES.items(), "tab": kind,
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
    """The whole list, by commune, hamlet and name."""
    found = payroll_of(request, payroll_id, "payroll.read")
    page = Paginator(queries.lines(payroll=found, wanted=filter_of(request)), PAGE).get_page(
        request.GET.get("trang")
    )
    kept = request.GET.copy()
    kept.pop("trang", None)
    communes = queries.commune_names(payroll=found)
    rows = [
        {"line": each, "kind": labels.KINDS[each.kind],
         "hold": labels.hold_of(each.hold)[0] if each.hold else "",
         "channel": labels.CHANNELS.get(each.channel, each.channel), "month": Month.of(each.benefit_month)}
        for each in page
    ]  # fmt: skip
    context = _row(found) | {
        "page": page, "lines": rows, "query": kept.urlencode(), "communes": communes,
        "asked": request.GET, "kinds": labels.KINDS, "channels": labels.CHANNELS,
    }  # fmt: skip
    return render(request, "payroll/lines.html", context)


@requires("payroll.read")
@require_GET
def line(request: HttpRequest, payroll_id: int, line_id: int) -> HttpResponse:
    """Why this amount: the steps and citations of one line, and who receives it where."""
    found = payroll_of(request, payroll_id, "payroll.read")
    one = Line.objects.filter(payroll_id=found.pk, id=line_id).first()
    if one is None:
        raise Http404
    why = queries.why(line=one)
    why["kept_open"] = one.commune_id in request.units_for(GROUNDS)  # type: ignore[attr-defined]
    if one.code in confidential_codes() and not why["kept_open"]:
        why |= {"said": None, "not_owed": [], "kept_closed": True}
    context = _row(found) | why | {
        "line": one, "kind": labels.KINDS[one.kind], "line_month": Month.of(one.benefit_month),
        "channel": labels.CHANNELS.get(one.channel, one.channel),
        "hold": labels.hold_of(one.hold) if one.hold else None,
    }  # fmt: skip
    return render(request, "payroll/line.html", context)
