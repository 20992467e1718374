# SPDX-License-Identifier: MPL-2.0
"""Changes that wait for a second person, and records that may be one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.registry import queries
from ansinh.registry.actions import changes as acts
from ansinh.registry.actions.duplicates import keep_apart, propose_merge
from ansinh.registry.models import Change, DuplicatePair
from ansinh.registry.records import born_of
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 100
LABELS = {
    "name": "Họ và tên", "born": "Ngày sinh", "sex": "Giới tính", "ethnicity": "Dân tộc", "hamlet": "Thôn",
    "household": "Hoàn cảnh", "number": "Số định danh", "phone": "Điện thoại", "facts": "Dữ kiện",
    "decision_number": "Số quyết định", "decided_on": "Ngày quyết định", "first_month": "Hưởng từ",
    "end_month": "Đến hết", "last_month": "Tháng cuối", "from": "Từ tháng", "died_on": "Ngày chết",
    "on": "Từ ngày", "commune": "Nơi đến", "into": "Hồ sơ chính", "awards": "Khoản hưởng", "source": "Căn cứ",
    "signer": "Người ký", "file_ref": "Số hồ sơ", "life": "Tình trạng", "since": "Từ ngày", "code": "Chế độ",
    "old_number": "Số CMND cũ",
}  # fmt: skip
SECRET = {"number", "phone", "old_number"}


@requires("register.read")
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Changes of one's units: waiting for me, or all of them."""
    on = request.GET.get("muc", "cho-toi")
    units = request.units_for("register.check")  # type: ignore[attr-defined]
    if on == "tat-ca":
        found = Change.objects.select_related("person", "award", "commune", "made_by").order_by("-made_at")
    else:
        found = queries.waiting_changes(officer_id=officer_of(request).pk, unit_ids=units)
    return render(request, "registry/changes.html", {"found": found[:PAGE], "tab": on, "limit": PAGE})


def _found(change_id: int) -> Change:
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
        return born_of(change.person.born_on, change.person.born_precision).vi
    if name in SECRET:
        return f"••••{getattr(change.person, f'{name}_last4', '')}"
    holder = change.award if change.award is not None else change.person
    return getattr(holder, name, "")


@requires("register.read")
@require_GET
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: the record now beside what it would become."""
    found = _found(change_id)
    content = acts.content_of(change=found)
    rows = [
        (LABELS.get(name, name), _before(found, name), f"••••{str(value)[-4:]}" if name in SECRET else value)
        for name, value in content.items()
    ]
    held = request.permissions  # type: ignore[attr-defined]
    units = request.units_for("register.check")  # type: ignore[attr-defined]
    mine = found.made_by_id == officer_of(request).pk
    context = {
        "change": found,
        "rows": rows,
        "may_check": found.state == "proposed" and not mine and found.commune_id in units,
        "may_withdraw": found.state == "proposed" and mine and "register.write" in held,
        "mine": mine,
    }
    return render(request, "registry/change.html", context)


@requires("register.check")
@step_up_required
@require_POST
def decide(request: HttpRequest, change_id: int) -> HttpResponse:
    """Let a change take effect, or return it with the reason."""
    found = _found(change_id)
    try:
        if request.POST.get("decision") == "apply":
            acts.apply_change(change_id=found.pk, by=officer_of(request), at=timezone.now())
            messages.success(request, _("Đã kiểm tra; hồ sơ đã đổi."))
        else:
            acts.refuse_change(
                change_id=found.pk, answer=request.POST.get("answer", ""), by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Đã trả lại người lập."))
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("registry:change", found.pk)
    return redirect("registry:changes")


@requires("register.write")
@require_POST
def withdraw(request: HttpRequest, change_id: int) -> HttpResponse:
    """The maker takes a change back."""
    found = _found(change_id)
    if found.made_by_id != officer_of(request).pk:
        raise Http404
    try:
        acts.withdraw_change(change_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã rút lại."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:person", found.person_id)


@requires("register.read")
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Records that may be one person, the likeliest first, side by side."""
    state = request.GET.get("muc", "open")
    found = (
        DuplicatePair.objects.filter(Q(state=state) if state in {"open", "merged", "distinct"} else Q())
        .select_related("first__commune", "second__commune", "decided_by")
        .order_by("-weight", "pk")[:PAGE]
    )
    held = request.permissions  # type: ignore[attr-defined]
    context = {"found": found, "tab": state, "may_write": "register.write" in held}
    return render(request, "registry/duplicates.html", context)


@requires("register.write")
@require_POST
def settle_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Propose to merge the two, or say with a reason that they are two people."""
    pair = DuplicatePair.objects.filter(pk=pair_id).first()
    if pair is None:
        raise Http404
    reason, by, at = request.POST.get("reason", ""), officer_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "merge":
            propose_merge(pair_id=pair.pk, reason=reason, by=by, at=at)
            messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
        else:
            keep_apart(pair_id=pair.pk, reason=reason, by=by, at=at)
            messages.success(request, _("Đã ghi: hai người khác nhau."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:duplicates")
