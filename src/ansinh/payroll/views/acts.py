# SPDX-License-Identifier: MPL-2.0
"""What is done to a payroll from its page: each one act, then back to the page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.payroll.actions import compare, prepare, runs
from ansinh.payroll.actions import submit as submitting
from ansinh.payroll.views.found import payroll_of
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


def _done(request: HttpRequest, payroll_id: int, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it, say so, and go back to the page; a refusal says why and what to do."""
    try:
        act()
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, words)
    return redirect("payroll:payroll", payroll_id)


@requires("batch.prepare")
@require_POST
def calculate(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Calculate, or calculate again: at once, or in the background when the unit is large."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    now, on = timezone.now(), timezone.localdate()
    try:
        run = runs.start(payroll_id=found.pk, by=officer_of(request), at=now, on=on)
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        if run is None:
            messages.success(request, _("Đã tính xong, đối chiếu tổng và tính lại ngẫu nhiên khớp."))
        else:
            messages.success(request, _("Đã giao tính ở nền. Trang này cho biết đang làm đến đâu."))
    return redirect("payroll:payroll", payroll_id)


@requires("batch.prepare")
@require_POST
def submit(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Hand in for two approvals."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    return _done(
        request, found.pk,
        lambda: submitting.submit(payroll_id=found.pk, by=officer_of(request), at=timezone.now()),
        _("Đã trình. Hai người khác phải duyệt."),
    )  # fmt: skip


@requires("batch.prepare")
@step_up_required
@require_POST
def lock(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Lock what two persons approved."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    return _done(
        request, found.pk,
        lambda: submitting.lock(payroll_id=found.pk, by=officer_of(request), at=timezone.now()),
        _("Đã khóa. Bảng chi không thay đổi được nữa và có thể chi."),
    )  # fmt: skip


@requires("batch.prepare")
@require_POST
def cancel(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Give the payroll up."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    reason = request.POST.get("reason", "").strip()
    return _done(
        request, found.pk,
        lambda: prepare.cancel(payroll_id=found.pk, reason=reason, by=officer_of(request), at=timezone.now()),
        _("Đã hủy bảng chi."),
    )  # fmt: skip


@requires("batch.prepare")
@require_POST
def explain(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Write why a person's payment differs."""
    found = payroll_of(request, payroll_id, "batch.prepare")
    person, kind = request.POST.get("person", ""), request.POST.get("kind", "")[:10]
    try:
        left = compare.explain(
            payroll_id=found.pk, person_id=int(person) if person.isdigit() else 0, kind=kind,
            text=request.POST.get("text", ""), by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã ghi lý do. Còn %(left)s thay đổi chưa có lý do.") % {"left": left})
    return redirect(f"{reverse('payroll:differences', args=[found.pk])}?loai={kind}")
