# SPDX-License-Identifier: MPL-2.0
"""What a page is about, when the officer may see it: a payroll, people that were searched for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from ansinh.approvals.actions import open_group
from ansinh.payroll.models import Payroll
from ansinh.registry.actions.lookups import count_search
from ansinh.registry.models import Person
from ansinh.registry.queries import PeopleFilter, people
from ansinh.staff.sign_in import officer_of

READ = "payroll.read"
MOST_FOUND = 20  # people that a search on these pages shows; more means: type another word


def payroll_of(request: HttpRequest, payroll_id: int, permission: str) -> Payroll:
    """Raises 404 when there is none and 403 when the officer has no such duty for its unit. Whoever
    reads payrolls of a commune may read one of the province that pays it: they see their own lines."""
    found = (
        Payroll.objects.select_related("unit", "previous", "prepared_by", "calculated_by", "locked_by")
        .filter(pk=payroll_id)
        .first()
    )
    if found is None:
        raise Http404
    units = request.units_for(permission)  # type: ignore[attr-defined]
    pays_theirs = permission == READ and not units.isdisjoint(found.communes)
    if found.unit_id not in units and not pays_theirs:
        raise PermissionDenied
    return found


def note_opened(request: HttpRequest, payroll: Payroll, group: str) -> None:
    """That an approver opened a group of a payroll that waits for approval."""
    if "approvals.approve" in request.permissions:  # type: ignore[attr-defined]
        open_group(
            subject="payroll", subject_id=str(payroll.pk), group=group, by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip


def people_asked(request: HttpRequest) -> list[Person]:
    """The first people of the search in the address, with their awards. Raises `SearchTooShort` or
    `SearchQuota`."""
    text = request.GET.get("tim", "").strip()[:100]
    if not text:
        return []
    count_search(by=officer_of(request), at=timezone.now())
    found = people(wanted=PeopleFilter(text=text))
    return list(found.select_related("commune").prefetch_related("awards")[:MOST_FOUND])
