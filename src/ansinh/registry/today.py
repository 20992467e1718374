# SPDX-License-Identifier: MPL-2.0
"""The register's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.registry.models import Change, ImportFile
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
        if count := found.count():
            yield Task(_("Thay đổi hồ sơ chờ kiểm tra"), count, reverse("registry:changes"))
    if "register.write" in held:
        mine = ImportFile.objects.filter(state="checked", sent_by_id=officer_id).count()
        if mine:
            yield Task(_("Danh sách đã kiểm tra, chờ nhập"), mine, reverse("registry:imports"))
        refused = ImportFile.objects.filter(state="refused", sent_by_id=officer_id).count()
        if refused:
            yield Task(_("Danh sách không đọc được, cần xem lại"), refused, reverse("registry:imports"))
