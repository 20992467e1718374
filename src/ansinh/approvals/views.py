# SPDX-License-Identifier: MPL-2.0
"""The approvals inbox and one submission."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.approvals import queries
from ansinh.approvals.actions import (
    approve,
    delegate,
    end_delegation,
    open_submission,
    return_with_reason,
    withdraw,
)
from ansinh.approvals.forms import DelegationForm
from ansinh.approvals.models import REQUIRED_APPROVALS, Submission
from ansinh.approvals.subjects import subject_named
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
TABS = ("cho-toi", "toi-trinh", "tat-ca")


def _found(request: HttpRequest, submission_id: int) -> Submission:
    seen = queries.visible(officer_id=officer_of(request).pk, on=timezone.localdate())
    submission = seen.filter(pk=submission_id).first()
    if submission is None:
        raise Http404
    return submission


@requires("approvals.read")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I handed in, everything of my units."""
    on, me = timezone.localdate(), officer_of(request).pk
    tab = request.GET.get("muc", TABS[0])
    if tab == "toi-trinh":
        found = queries.visible(officer_id=me, on=on).filter(maker_id=me)
    elif tab == "tat-ca":
        found = queries.visible(officer_id=me, on=on)
    else:
        tab, found = TABS[0], queries.waiting_for(officer_id=me, on=on)
    return render(request, "approvals/inbox.html", {"tab": tab, "found": found[:PAGE], "limit": PAGE})


@requires("approvals.read")
@require_GET
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One submission: its steps, its figures, its hash, and what I may do."""
    found = _found(request, submission_id)
    on = timezone.localdate()
    opened = open_submission(submission_id=found.pk, by=officer_of(request), at=timezone.now())
    subject = subject_named(found.subject)
    waiting = queries.waiting_for(officer_id=officer_of(request).pk, on=on)
    context = {
        "submission": found,
        "sha256": bytes(found.content_sha256).hex(),
        "approvals": found.approvals.select_related("officer").order_by("at", "pk"),
        "needed": REQUIRED_APPROVALS,
        "others": queries.approvers(submission=found, on=on),
        "may_approve": waiting.filter(pk=found.pk).exists(),
        "is_mine": found.maker_id == request.user.pk,
        "opened": opened,
        "subject_url": subject.url(found.subject_id) if subject.url else "",
        "groups": _groups(found, officer_of(request)),
        "unopened": queries.unopened_groups(submission=found, officer_id=officer_of(request).pk),
    }
    return render(request, "approvals/submission.html", context)


def _groups(found: Submission, officer: Officer) -> list[dict[str, object]]:
    """What is out of the ordinary: its name, its page, whether this officer has opened it."""
    named = subject_named(found.subject).groups
    if named is None or not found.groups:
        return []
    pages = named(found.subject_id)
    left = set(queries.unopened_groups(submission=found, officer_id=officer.pk))
    return [
        {"label": pages[code].label, "url": pages[code].url, "opened": code not in left}
        for code in found.groups
    ]


@requires("approvals.approve")
@step_up_required
@require_POST
def decide(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Approve what the page showed, or return it with a reason."""
    found = _found(request, submission_id)
    at, on, me = timezone.now(), timezone.localdate(), officer_of(request)
    try:
        if request.POST.get("decision") == "approve":
            sha256 = request.POST.get("sha256", "")
            done = approve(submission_id=found.pk, content_sha256=sha256, by=me, at=at, on=on)
            words = (
                _("Đã duyệt xong, có hiệu lực ngay.")
                if done.state == "approved"
                else _("Đã ghi phê duyệt của bạn. Còn chờ người thứ hai.")
            )
            messages.success(request, words)
        else:
            reason = request.POST.get("reason", "").strip()
            if not reason:
                messages.error(request, _("Ghi lý do trả lại để người lập biết phải sửa gì."))
                return redirect("approvals:submission", found.pk)
            return_with_reason(submission_id=found.pk, reason=reason, by=me, at=at, on=on)
            messages.success(request, _("Đã trả lại người lập."))
    except Refusal as refused:
        return render(
            request, "approvals/refused.html", {"submission": found, "why": shown(refused)}, status=409
        )
    return redirect("approvals:submission", found.pk)


@requires("approvals.read")
@require_POST
def take_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The maker takes a submission back."""
    found = _found(request, submission_id)
    try:
        withdraw(submission_id=found.pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã rút lại."))
    return redirect("approvals:submission", found.pk)


@requires("approvals.read")
@step_up_required
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, for everybody who sees submissions; whoever approves names a substitute."""
    me, on = officer_of(request), timezone.localdate()
    may = "approvals.approve" in request.permissions  # type: ignore[attr-defined]
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = DelegationForm(
        request.POST or None, colleagues=queries.possible_substitutes(officer_id=me.pk, on=on)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delegate(
                substitute=data["substitute"], valid_from=data["valid_from"], valid_to=form.end(),
                reason=data["reason"], by=me, at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("substitute", shown(refused))
        else:
            messages.success(request, _("Đã ghi người duyệt thay; mọi người duyệt đều thấy."))
            return redirect("approvals:delegations")
    context = {"form": form if may else None, "found": queries.living_delegations(on=on), "me": me.pk}
    return render(request, "approvals/delegations.html", context, status=422 if form.errors else 200)


@requires("approvals.approve")
@require_POST
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End one's own delegation now."""
    if end_delegation(delegation_id=delegation_id, by=officer_of(request), at=timezone.now()):
        messages.success(request, _("Đã dừng việc duyệt thay."))
    else:
        messages.error(request, _("Việc duyệt thay này đã dừng từ trước, hoặc không phải của bạn."))
    return redirect("approvals:delegations")
