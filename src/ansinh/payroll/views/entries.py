# SPDX-License-Identifier: MPL-2.0
"""Lines added by decision: proposed by one officer, checked by another; what a payroll uses of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.legislation.load import load
from ansinh.payroll import labels, queries
from ansinh.payroll.actions import entries as acts
from ansinh.payroll.facts import STREAMS
from ansinh.payroll.forms import EntryForm
from ansinh.payroll.models import Entry
from ansinh.payroll.views.board import row_of
from ansinh.payroll.views.found import READ, note_opened, payroll_of, people_asked
from ansinh.payroll.views.one import MOST
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

TABS = {
    "cho-kiem-tra": ("proposed",), "cho-chi": ("waiting",), "da-chi": ("used",),
    "khong-chi": ("refused", "withdrawn"),
}  # fmt: skip
STREAM_OF = {money: stream for stream, money in STREAMS.items()}


def _shown(entry: Entry) -> dict[str, Any]:
    state, tone = labels.ENTRY_STATES[entry.state]
    return {
        "entry": entry, "kind": labels.ENTRY_KINDS[entry.kind], "state": state, "tone": tone,
        "benefit": labels.benefit_of(entry.award.code), "month": Month.of(entry.benefit_month),
    }  # fmt: skip


def _with_awards(person: Person) -> dict[str, Any]:
    counting = [award for award in person.awards.all() if not award.voided]
    return {"person": person, "awards": [(each, labels.benefit_of(each.code)) for each in counting]}


@requires("payroll.read")
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """Lines added by decision, by what they wait for; look for somebody to add one."""
    tab = request.GET.get("muc", "")
    tab = tab if tab in TABS else next(iter(TABS))
    may_propose = bool(request.units_for("batch.prepare"))  # type: ignore[attr-defined]
    people, refused = [], ""
    if may_propose:
        try:
            people = people_asked(request)
        except Refusal as why:
            refused = shown(why)
    units = request.units_for(READ)  # type: ignore[attr-defined]
    found = queries.entries(unit_ids=units, states=TABS[tab])[:MOST]
    context = {
        "rows": [_shown(each) for each in found], "tab": tab, "may_propose": may_propose,
        "checks": request.units_for("payroll.check"), "me": officer_of(request).pk,  # type: ignore[attr-defined]
        "asked": request.GET.get("tim", ""), "refused": refused,
        "people": [_with_awards(person) for person in people],
    }  # fmt: skip
    return render(request, "payroll/entries.html", context)


@requires("batch.prepare")
@require_http_methods(["GET", "POST"])
def new_entry(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose a one-off grant, a correction or a recovery under an award."""
    award = Award.objects.select_related("person", "commune").filter(pk=award_id, voided=False).first()
    if award is None:
        raise Http404
    if award.commune_id not in request.units_for("batch.prepare"):  # type: ignore[attr-defined]
        raise PermissionDenied
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            acts.add_entry(
                award=award, stream=STREAM_OF[load().categories[award.code].stream], kind=said["kind"],
                month=said["month"], amount_vnd=said["amount_vnd"], decision=said["decision"],
                reason=said["reason"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã ghi; chờ người khác kiểm tra rồi mới vào bảng chi."))
            return redirect("payroll:entries")
    context = {"form": form, "award": award, "benefit": labels.benefit_of(award.code)}
    return render(request, "payroll/entry.html", context, status=422 if form.errors else 200)


def _entry(request: HttpRequest, entry_id: int, permission: str) -> Entry:
    found = Entry.objects.filter(pk=entry_id).first()
    if found is None:
        raise Http404
    if found.commune_id not in request.units_for(permission):  # type: ignore[attr-defined]
        raise PermissionDenied
    return found


@requires("payroll.check")
@require_POST
def check_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Confirm a proposed line, or refuse it with a reason."""
    found, me, now = _entry(request, entry_id, "payroll.check"), officer_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "confirm":
            acts.confirm_entry(entry_id=found.pk, by=me, at=now)
            messages.success(request, _("Đã xác nhận; lần tính sau của bảng chi sẽ có dòng này."))
        else:
            acts.refuse_entry(entry_id=found.pk, reason=request.POST.get("reason", ""), by=me, at=now)
            messages.success(request, _("Đã ghi không đồng ý."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payroll:entries")


@requires("batch.prepare")
@require_POST
def withdraw_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take a line back before a payroll uses it."""
    found = _entry(request, entry_id, "batch.prepare")
    try:
        acts.withdraw_entry(entry_id=found.pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã rút dòng này."))
    return redirect("payroll:entries")


@requires("payroll.read")
@require_GET
def payroll_entries(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """The lines added by decision that a payroll pays."""
    found = payroll_of(request, payroll_id, READ)
    note_opened(request, found, "entries")
    used = found.entries.filter(state="used").select_related(
        "person", "award", "commune", "made_by", "checked_by"
    )
    context = row_of(found) | {"rows": [_shown(each) for each in used.order_by("pk")]}
    return render(request, "payroll/payroll_entries.html", context)
