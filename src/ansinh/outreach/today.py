# SPDX-License-Identifier: MPL-2.0
"""Outreach in "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.outreach.models import Campaign, Contact
from ansinh.outreach.queries import OPEN_STEPS
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """People of running campaigns whose next step is due."""
    on = now.astimezone(VIETNAM).date()
    if "outreach.write" not in permissions(officer_id=officer_id, on=on):
        return
    units = jurisdiction(officer_id=officer_id, permission="outreach.write", on=on)
    for campaign in Campaign.objects.filter(commune_id__in=units, state="running").order_by("ends_on")[:5]:
        due = Contact.objects.filter(campaign=campaign, step__in=OPEN_STEPS, step_on__lte=on)
        if count := due.count():
            late = due.filter(step_on__lt=on).count()
            where = reverse("outreach:contacts", args=[campaign.pk]) + "?han=hom-nay"
            yield Task(_("Vận động: %(name)s") % {"name": campaign.name}, count, where, late)
