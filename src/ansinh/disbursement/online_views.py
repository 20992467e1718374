# SPDX-License-Identifier: MPL-2.0
"""Letting a file leave over the wire, and taking in what was sent before an old backup was put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.disbursement.actions.online import order
from ansinh.disbursement.actions.restored import take_in
from ansinh.disbursement.queries import envelopes
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


@requires("money.release")
@step_up_required
@require_POST
def send_online(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Hand an approved file to the bank's interface; the worker sends it."""
    units = request.units_for("money.release")  # type: ignore[attr-defined]
    found = envelopes(unit_ids=units).filter(pk=envelope_id).first()
    if found is None:
        raise Http404
    try:
        order(envelope_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã xếp hàng gửi. Trang này cho biết ngân hàng đã nhận hay chưa."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("disbursement:envelope", found.pk)


@requires("money.release")
@step_up_required
@require_POST
def take_in_sent(request: HttpRequest) -> HttpResponse:
    """Mark what was sent after the backup as sent, its answer unknown; then sending goes on."""
    try:
        count = take_in(by=officer_of(request), at=timezone.now())
        said = _("Đã nhận lại %(count)s tệp đã gửi. Nạp lại kết quả và sao kê từ ngày sao lưu.")
        messages.success(request, said % {"count": count})
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("disbursement:board")
