# SPDX-License-Identifier: MPL-2.0
"""The register's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.registry.models import Change, DuplicatePair, ImportFile
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """Changes that this officer may check, lists that they sent and have not confirmed."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)
    if "register.check" in held:
        units = jurisdiction(officer_id=officer_id, permission="register.check", on=on)
        found = Change.objects.filter(state="proposed", commune_id__in=units).exclude(made_by_id=officer_id)
        counts = found.aggregate(
            birthdays=Count("pk", filter=Q(source="birthday")),
            late=Count("pk", filter=Q(source="birthday", effective_month__lte=on)),
            others=Count("pk", filter=~Q(source="birthday")),
        )
        if counts["others"]:
            yield Task(_("Thay đổi hồ sơ chờ kiểm tra"), counts["others"], reverse("registry:changes"))
        if counts["birthdays"]:
            link = f"{reverse('registry:changes')}?nguon=birthday"
            yield Task(_("Khoản hưởng chờ xem lại do đến tuổi"), counts["birthdays"], link, counts["late"])
    if "register.duplicates" in held:
        units = jurisdiction(officer_id=officer_id, permission="register.duplicates", on=on)
        if count := DuplicatePair.objects.filter(state="open", commune_id__in=units).count():
            yield Task(_("Hồ sơ có thể trùng chờ xem"), count, reverse("registry:duplicates"))
    if "register.write" in held:
        mine = ImportFile.objects.filter(state="checked", sent_by_id=officer_id).count()
        if mine:
            yield Task(_("Danh sách đã kiểm tra, chờ nhập"), mine, reverse("registry:imports"))
        refused = ImportFile.objects.filter(state="refused", sent_by_id=officer_id).count()
        if refused:
            yield Task(_("Danh sách không đọc được, cần xem lại"), refused, reverse("registry:imports"))
