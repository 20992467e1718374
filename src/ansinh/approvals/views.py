# SPDX-License-Identifier: MPL-2.0
"""The approvals inbox and one submission."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.approvals import queries
from ansinh.approvals.actions import approve, open_submission, return_with_reason, withdraw
from ansinh.approvals.models import REQUIRED_APPROVALS, Submission
from ansinh.approvals.subjects import subject_named
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.sign_in import step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
TABS = ("cho-toi", "toi-trinh", "tat-ca")


def _me(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user


def _found(request: HttpRequest, submission_id: int) -> Submission:
    seen = queries.visible(officer_id=_me(request).pk, on=timezone.localdate())
    submission = seen.filter(pk=submission_id).first()
    if submission is None:
        raise Http404
    return submission


@requires("approvals.read")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I handed in, everything of my units."""
    on, me = timezone.localdate(), _me(request).pk
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
    opened = open_submission(submission_id=found.pk, by=_me(request), at=timezone.now())
    subject = subject_named(found.subject)
    waiting = queries.waiting_for(officer_id=_me(request).pk, on=on)
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
    }
    return render(request, "approvals/submission.html", context)


@requires("approvals.approve")
@step_up_required
@require_POST
def decide(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Approve what the page showed, or return it with a reason."""
    found = _found(request, submission_id)
    at, on, me = timezone.now(), timezone.localdate(), _me(request)
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
        withdraw(submission_id=found.pk, by=_me(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã rút lại."))
    return redirect("approvals:submission", found.pk)
