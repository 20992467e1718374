# SPDX-License-Identifier: MPL-2.0
"""The stage's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.payees.models import Account, Case, Mandate, Place
from ansinh.payees.periods import rule_on
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """What waits for this officer: identities, approvals, failed checks, ending mandates, visits, cases."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)

    def units(permission: str) -> set[int]:
        return jurisdiction(officer_id=officer_id, permission=permission, on=on)

    def accounts(permission: str, *states: str) -> int:
        found = Account.objects.filter(state__in=states, commune_id__in=units(permission))
        return found.exclude(made_by_id=officer_id).count()

    queue = reverse("payees:accounts")
    found: list[tuple[str, int, str]] = []
    if "register.confirm_identity" in held:
        count = accounts("register.confirm_identity", "format_checked", "identity_failed")
        found.append((_("Nhân thân chủ tài khoản chờ xác nhận"), count, f"{queue}?muc=nhan-than"))
    if "account.confirm" in held:
        found.append((_("Tài khoản chờ tôi duyệt"), accounts("account.confirm", "holder_checked"),
                      f"{queue}?muc=duyet"))  # fmt: skip
        mandates = Mandate.objects.filter(state="declared", commune_id__in=units("account.confirm"))
        count = mandates.exclude(made_by_id=officer_id).count()
        found.append((_("Người nhận thay chờ tôi duyệt"), count, f"{reverse('payees:mandates')}?muc=cho"))
    if "account.propose" in held:
        inside = units("account.propose")
        failed = Account.objects.filter(fault_owner="preparer", commune_id__in=inside).exclude(
            state__in=["closed", "withdrawn", "replaced"]
        )
        found.append((_("Tài khoản không đạt, cần hỏi lại"), failed.count(), f"{queue}?muc=loi"))
        soon = on + timedelta(days=rule_on(on=on).reminder_days)
        ending = Mandate.objects.filter(state="active", ends_on__lte=soon, commune_id__in=inside).count()
        found.append((_("Uỷ quyền sắp hết hạn"), ending, f"{reverse('payees:mandates')}?muc=sap-het"))
    if "review.write" in held:
        left = Place.objects.filter(
            round__state="open",
            commune_id__in=units("review.write"),
            state__in=["compared", "not_met", "visited"],
        ).count()
        found.append((_("Người cần đến nhà trong đợt rà soát"), left, reverse("payees:rounds")))
    for label, count, url in found:
        if count:
            yield Task(label, count, url)
    if "case.decide" in held:
        cases = Case.objects.filter(state="open", commune_id__in=units("case.decide"))
        if count := cases.count():
            late = cases.filter(due_on__lt=on).count()
            yield Task(_("Nghi vấn chờ kết luận"), count, reverse("payees:cases"), late)
