# SPDX-License-Identifier: MPL-2.0
"""A cash list: its papers and pack, the signed list entered afterwards; the box with its limit, the
advance and its settlement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.audit.actions import record
from ansinh.disbursement import cash_papers
from ansinh.disbursement.actions import cash_box
from ansinh.disbursement.actions.pay_day import SignedList, enter_pay_day, print_slips
from ansinh.disbursement.forms import BackForm, CountForm, LimitForm, PaperForm, SignedListForm
from ansinh.disbursement.labels import CHANNELS, PAPERS, STATES, STREAMS
from ansinh.disbursement.models import CashBack, CashLimit, Envelope, Paper
from ansinh.disbursement.queries import CashLine, advances, cash_days, cash_lines, cash_lists
from ansinh.disbursement.treasury_forms import form_on
from ansinh.places.models import Unit
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

AGENT, OFFICE, BOOKS = "cash.hand_out", "money.read", "results.import"
MOST_UNITS = 500


def _units(request: HttpRequest, permission: str) -> set[int]:
    found: set[int] = request.units_for(permission)  # type: ignore[attr-defined]
    return found


def _list(request: HttpRequest, envelope_id: int, permission: str) -> tuple[Envelope, list[CashLine]]:
    """A cash list that touches the officer's communes, with the lines that are theirs."""
    units = _units(request, permission)
    found = Envelope.objects.select_related("unit").filter(pk=envelope_id, layout="organisation").first()
    lines = cash_lines(envelope_id=envelope_id, unit_ids=units) if found else []
    if found is None or not lines or found.state in {"built", "cancelled"}:
        raise Http404
    return found, lines


def _print(request: HttpRequest, envelope_id: int, permission: str, what: str) -> HttpResponse:
    """A paper of the list, or all of it as a pack; who printed it is recorded. A list that is too long
    for one paper comes as a pack of several."""
    envelope, lines = _list(request, envelope_id, permission)
    what = what if len(lines) <= cash_papers.PAGEFUL else "pack"
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    address = request.build_absolute_uri(reverse("directives:look_up"))
    with transaction.atomic():
        record(by=by.pk, at=at, act=f"disbursement.print_{what}", subject="envelope", subject_id=envelope.pk,
               unit_id=envelope.unit_id, details={"lines": len(lines)})  # fmt: skip
        codes = print_slips(lines=lines, by=by, at=at) if what != "list" else {}
    if what == "pack":
        content = cash_papers.pack(envelope=envelope, lines=lines, codes=codes, address=address, on=on)
        answer = HttpResponse(content, content_type="application/zip")
    else:
        content = (
            cash_papers.signed_list(envelope=envelope, lines=lines, on=on) if what == "list"
            else cash_papers.slips(envelope=envelope, lines=lines, codes=codes, address=address)
        )  # fmt: skip
        answer = HttpResponse(content, content_type="application/pdf")
    ending = "zip" if what == "pack" else "pdf"
    answer["Content-Disposition"] = f'attachment; filename="{envelope.reference}-{what}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires(AGENT)
@require_GET
def print_list(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The list to sign."""
    return _print(request, envelope_id, AGENT, "list")


@requires(AGENT)
@require_GET
def print_slips_of(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The slips to cut and hand out."""
    return _print(request, envelope_id, AGENT, "slips")


@requires(AGENT)
@require_GET
def print_pack(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Everything for a pay day without network."""
    return _print(request, envelope_id, AGENT, "pack")


@requires(OFFICE)
@require_GET
def office_pack(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The same pack, for the office that made the list."""
    return _print(request, envelope_id, OFFICE, "pack")


@requires(AGENT)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Enter a signed list afterwards: tick who signed, who did not come; the totals must agree."""
    envelope, lines = _list(request, envelope_id, AGENT)
    form = SignedListForm(
        request.POST or None, request.FILES or None, initial={"handed_on": timezone.localdate()}
    )
    ticks = {each.id: request.POST.get(f"dong-{each.id}", "") for each in lines}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _entered(request, envelope, ticks, form.cleaned_data)
            except Refusal as refused:
                form.add_error(None, shown(refused))
    waiting = [(each, ticks[each.id], CHANNELS[each.channel]) for each in lines if each.state == "with_agent"]
    done = [(each, *STATES[each.state]) for each in lines if each.state != "with_agent"]
    context = {"envelope": envelope, "form": form, "waiting": waiting, "done": done,
               "source": STREAMS[envelope.stream]}  # fmt: skip
    return render(request, "disbursement/enter_list.html", context, status=status)


def _entered(
    request: HttpRequest, envelope: Envelope, ticks: dict[int, str], data: dict[str, Any]
) -> HttpResponse:
    by, at, scan = officer_of(request), timezone.now(), data.pop("scan")
    with transaction.atomic():
        paid, absent = enter_pay_day(
            envelope_id=envelope.pk, unit_ids=_units(request, AGENT), paper=SignedList(**data), by=by, at=at,
            paid={pk for pk, tick in ticks.items() if tick == "paid"},
            absent={pk for pk, tick in ticks.items() if tick == "absent"},
        )  # fmt: skip
        if scan is not None:
            cash_box.add_envelope_paper(envelope=envelope, kind="signed_list", scan=scan, by=by, at=at)
    messages.success(
        request,
        _("Đã ghi %(paid)s người đã nhận, %(absent)s người chưa đến.") % {"paid": paid, "absent": absent},
    )
    return redirect("disbursement:enter", envelope.pk)


def _communes(request: HttpRequest, permission: str) -> list[tuple[str, str]]:
    """The officer's communes where cash has lain."""
    units = _units(request, permission)
    known = {each["commune_id"] for each in cash_lists(unit_ids=units)}
    found = Unit.objects.filter(pk__in=known).order_by("sort_key", "pk")[:MOST_UNITS]
    return [(str(each.pk), each.name) for each in found]


@requires(AGENT)
@require_http_methods(["GET", "POST"])
def box(request: HttpRequest) -> HttpResponse:
    """The cash box day by day, and what was counted this evening."""
    communes = _communes(request, AGENT)
    form = CountForm(
        request.POST or None, communes=communes, initial={"commune": communes[0][0] if communes else ""}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            data = dict(form.cleaned_data)
            try:
                cash_box.count_cash(
                    commune_id=int(data.pop("commune")), **data, by=officer_of(request), at=timezone.now()
                )
                messages.success(request, _("Đã ghi số tiền đếm được."))
                return redirect("disbursement:box")
            except Refusal as refused:
                form.add_error("counted_vnd", shown(refused))
        status = 422
    names = dict(communes)
    days = cash_days(unit_ids=_units(request, AGENT), on=timezone.localdate())
    for each in days:
        each["commune"] = names.get(str(each["commune_id"]), "")
        each["differs"] = each["counted_vnd"] is not None and each["counted_vnd"] != each["evening"]
    context = {"form": form, "days": days, "several": len(communes) > 1}
    return render(request, "disbursement/box.html", context, status=status)


@requires(OFFICE)
@require_GET
def advance(request: HttpRequest) -> HttpResponse:
    """The advances for cash: drawn, paid, not collected, brought back; how old, and within which limit."""
    return _advance_page(request, BackForm(communes=_communes(request, OFFICE)),
                         LimitForm(communes=_communes(request, OFFICE)))  # fmt: skip


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    rows = advances(unit_ids=_units(request, OFFICE))
    names = dict(Unit.objects.filter(pk__in={row["commune_id"] for row in rows}).values_list("pk", "name"))
    for row in rows:
        row["commune"], row["source_label"] = names[row["commune_id"]], STREAMS[row["source"]]
    return rows


def _advance_page(request: HttpRequest, back: BackForm, limit: LimitForm, status: int = 200) -> HttpResponse:
    units, on = _units(request, OFFICE), timezone.localdate()
    rows = _rows(request)
    lists = cash_lists(unit_ids=units)
    names = dict(Unit.objects.filter(pk__in={row["commune_id"] for row in lists}).values_list("pk", "name"))
    for each in lists:
        each["days"] = (on - timezone.localdate(each["sent_at"])).days
        each["commune"], each["source_label"] = names[each["commune_id"]], STREAMS[each["stream"]]
    days = cash_days(unit_ids=units, on=on)
    for each in days:
        each["commune"] = names.get(each["commune_id"], "")
    limits = CashLimit.objects.filter(commune_id__in=units).select_related("commune").order_by("-valid_from")
    brought = CashBack.objects.filter(commune_id__in=units).select_related("commune").order_by("-pk")
    context = {
        "rows": rows, "lists": lists, "days": days, "limits": limits[:50], "brought": brought[:50],
        "back": back, "limit": limit, "may": BOOKS in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "disbursement/advance.html", context, status=status)


@requires(BOOKS)
@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """Enter cash that was brought back."""
    form = BackForm(request.POST, communes=_communes(request, BOOKS))
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            cash_box.bring_back(
                commune_id=int(data.pop("commune")), **data, by=officer_of(request), at=timezone.now()
            )
            messages.success(request, _("Đã ghi số tiền nộp lại."))
            return redirect("disbursement:advance")
        except Refusal as refused:
            form.add_error("amount_vnd", shown(refused))
    return _advance_page(request, form, LimitForm(communes=_communes(request, OFFICE)), 422)


@requires(BOOKS)
@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    """Enter a limit that was decided."""
    form = LimitForm(request.POST, communes=_communes(request, BOOKS))
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            cash_box.set_limit(
                commune_id=int(data.pop("commune")), **data, by=officer_of(request), at=timezone.now()
            )
            messages.success(request, _("Đã ghi hạn mức."))
            return redirect("disbursement:advance")
        except Refusal as refused:
            form.add_error("valid_from", shown(refused))
    return _advance_page(request, BackForm(communes=_communes(request, OFFICE)), form, 422)


def _settlement_form(rows: list[dict[str, Any]]) -> str:
    """The treasury's form that the settlement goes with, today, for the newest of its months."""
    newest = max(row["period"] for row in rows)
    form = form_on(use="settlement", on=timezone.localdate(), period=newest)
    return f"Kèm {form.title.capitalize()} ({form.name})"


@requires(OFFICE)
@require_GET
def advance_paper(request: HttpRequest) -> HttpResponse:
    """The settlement of a month's advances on paper: Mẫu 10 of the treasury goes with it."""
    wanted = request.GET.get("ky", "")
    rows = [row for row in _rows(request) if not wanted or str(Month.of(row["period"])) == wanted]
    if not rows:
        raise Http404
    communes = {row["commune"] for row in rows}
    above = Unit.objects.filter(pk__in=_units(request, OFFICE), level="province").first()
    content = cash_papers.advance_settlement(
        unit=above.name if above and len(communes) > 1 else rows[0]["commune"], rows=rows,
        form=_settlement_form(rows), on=timezone.localdate(),
    )  # fmt: skip
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="thanh-toan-tam-ung.pdf"'
    return answer


@requires(OFFICE)
@require_POST
def add_paper(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Keep a scan with an envelope."""
    found = Envelope.objects.filter(pk=envelope_id, unit_id__in=_units(request, OFFICE)).first()
    if found is None:
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            cash_box.add_envelope_paper(
                envelope=found, kind=form.cleaned_data["kind"], scan=form.cleaned_data["scan"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu %(what)s.") % {"what": PAPERS[form.cleaned_data["kind"]]})
        except Refusal as refused:
            messages.error(request, shown(refused))
    else:
        messages.error(request, " ".join(str(each[0]) for each in form.errors.values()))
    return redirect("disbursement:envelope", found.pk)


@requires(OFFICE)
@require_GET
def see_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A scan; who looked is recorded."""
    found = Paper.objects.filter(pk=paper_id, commune_id__in=_units(request, OFFICE)).first()
    if found is None:
        raise Http404
    record(by=officer_of(request).pk, at=timezone.now(), act="disbursement.see_paper", subject="envelope",
           subject_id=found.envelope_id, unit_id=found.commune_id)  # fmt: skip
    answer = HttpResponse(store.get(bytes(found.sha256)), content_type=found.mime)
    answer["Content-Disposition"] = 'inline; filename="giay-to"'
    answer["Cache-Control"] = "no-store"
    return answer
