# SPDX-License-Identifier: MPL-2.0
"""Changes that wait for a second person: the record now beside what it would become."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.places.models import Unit
from ansinh.registry import labels, queries
from ansinh.registry.actions import changes as acts
from ansinh.registry.extensions import Viewer
from ansinh.registry.models import Change, Person
from ansinh.registry.records import born_of
from ansinh.registry.views.looking import GROUNDS, number_asked, viewer_of
from ansinh.rules.age_lift import ages_crossed
from ansinh.rules.dates import PartialDate
from ansinh.rules.months import VIETNAM
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 100
HIDDEN = {"awards", "old_numbers", "pair", "number_moved"}  # what a merge remembers, for machines
RECORDS, COLUMNS = {"into", "derives_from"}, {"derives_from": "derives_from_id"}


class Row(NamedTuple):
    """One field of a change."""

    label: str
    before: str
    after: str


@requires("register.read")
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Changes of one's units: waiting for me, my own, or all of them, a page by key."""
    tab = request.GET.get("muc", "cho-toi")
    officer = officer_of(request)
    units = request.units_for("register.check")  # type: ignore[attr-defined]
    joined = Change.objects.select_related("person", "award", "commune", "made_by")
    if tab == "tat-ca":
        found = joined.order_by("-pk")
    elif tab == "cua-toi":
        found = joined.filter(made_by=officer).order_by("-pk")
    else:
        tab, found = "cho-toi", queries.waiting_changes(officer_id=officer.pk, unit_ids=units)
    source = "birthday" if request.GET.get("nguon") == "birthday" else ""
    if source:
        found = found.filter(source=source)
    before = number_asked(request.GET.get("truoc", ""))
    if before and tab != "cho-toi":
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    context = {"found": rows[:PAGE], "tab": tab, "limit": PAGE, "more": len(rows) > PAGE, "source": source}
    return render(request, "registry/changes.html", context)


def change_or_404(change_id: int) -> Change:
    """A change of a person in scope."""
    found = (
        Change.objects.select_related("person", "award", "commune", "made_by", "decided_by", "event")
        .filter(pk=change_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _before(change: Change, name: str) -> Any:
    """What the record says now about a field of the change."""
    if name == "born":
        return born_of(change.person.born_on, change.person.born_precision).iso
    if name in labels.SECRET:
        return getattr(change.person, f"{name}_last4", "")
    if name == "commune":
        return change.person.commune.name
    holder = change.award if change.award is not None else change.person
    return getattr(holder, COLUMNS.get(name, name), "")


def _after(name: str, raw: Any, open_grounds: bool) -> str:
    if name == "commune":
        return str(Unit.objects.get(pk=raw).name)
    if name in RECORDS and raw:
        other = Person.objects.filter(pk=raw).first()
        return other.name if other else _("hồ sơ của đơn vị khác")
    if name == "code":
        return labels.award(str(raw), open_grounds=open_grounds)
    return labels.value(name, raw) or _("để trống")


def rows_of(change: Change, viewer: Viewer) -> list[Row]:
    """Each field: as the record says it now, and as it would be; nothing of a confidential ground."""
    content = acts.content_of(change=change)
    open_grounds = GROUNDS in viewer.permissions
    hidden = set(HIDDEN)
    code = change.award.code if change.award is not None else content.get("code")
    if code in labels.confidential_codes() and not open_grounds:
        hidden.add("facts")
    if change.kind == "split":
        content.pop("from")
        content["from_record"] = _main_name(change)
        content.pop("number", None)
    if change.kind == "merge":
        content.pop("number", None)
    kept = change.kind in {"person", "award", "move"} and change.state == "proposed"
    return [
        Row(
            labels.field(name),
            (str(_before(change, name)) if name == "commune" else labels.value(name, _before(change, name)))
            if kept else "",
            _after(name, raw, open_grounds) if name != "from_record" else str(raw),
        )
        for name, raw in content.items() if name not in hidden
    ]  # fmt: skip


def _main_name(change: Change) -> str:
    main = change.person.merged_into
    return main.name if main else _("đã tách")


def _crosses(change: Change) -> tuple[int, ...]:
    """The ages of the law that a new birth date crosses: the checker is to look at the paper (D12)."""
    content = acts.content_of(change=change) if change.kind == "person" else {}
    if "born" not in content or change.state != "proposed":
        return ()
    before = born_of(change.person.born_on, change.person.born_precision)
    return ages_crossed(before, PartialDate.parse(content["born"]), change.made_at.astimezone(VIETNAM).date())


@requires("register.read")
@require_GET
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: the record now beside what it would become."""
    found = change_or_404(change_id)
    viewer = viewer_of(request, found.commune_id)
    mine = found.made_by_id == officer_of(request).pk
    waits = found.state == "proposed"
    context = {
        "change": found,
        "rows": rows_of(found, viewer),
        "crosses": _crosses(found),
        "may_check": waits and not mine and "register.check" in viewer.permissions,
        "may_withdraw": waits and mine,
        "mine": mine,
        "overpaid": sum(each["amount_vnd"] for each in found.event.overpaid) if found.event else 0,
    }
    return render(request, "registry/change.html", context)


@requires("register.check")
@step_up_required
@require_POST
def decide(request: HttpRequest, change_id: int) -> HttpResponse:
    """Let a change take effect, or return it with the reason."""
    found, by, at = change_or_404(change_id), officer_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "apply":
            acts.apply_change(change_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã kiểm tra; hồ sơ đã đổi."))
        else:
            acts.refuse_change(change_id=found.pk, answer=request.POST.get("answer", ""), by=by, at=at)
            messages.success(request, _("Đã trả lại người lập."))
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("registry:change", found.pk)
    return redirect("registry:changes")


@requires("register.read")
@require_POST
def withdraw(request: HttpRequest, change_id: int) -> HttpResponse:
    """The maker takes a change back."""
    found = change_or_404(change_id)
    try:
        acts.withdraw_change(change_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã rút lại."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:person", found.person_id)
