# SPDX-License-Identifier: MPL-2.0
"""Disbursement's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.disbursement.models import Envelope
from ansinh.payroll.models import Payroll
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Locked payrolls to instruct, envelopes to hand in, approved envelopes to release."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)
    board = reverse("disbursement:board")
    if "batch.prepare" in held:
        units = jurisdiction(officer_id=officer_id, permission="batch.prepare", on=on)
        if locked := Payroll.objects.filter(state="locked", unit_id__in=units).count():
            yield Task(_("Bảng chi đã khoá, chờ lập lệnh chi"), locked, board)
        if built := Envelope.objects.filter(state="built", unit_id__in=units, submission_id=None).count():
            yield Task(_("Tệp chi chờ trình duyệt"), built, board)
    if "money.release" in held:
        units = jurisdiction(officer_id=officer_id, permission="money.release", on=on)
        if ready := Envelope.objects.filter(state="approved", unit_id__in=units).count():
            yield Task(_("Tệp chi đã duyệt, chờ gửi"), ready, board)
