# SPDX-License-Identifier: MPL-2.0
"""Who may approve what, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ansinh.approvals.models import Approval, Delegation, GroupOpening, Submission, SubmissionState
from ansinh.places.queries import ancestors
from ansinh.staff.models import Officer
from ansinh.staff.queries import held_roles, holders, jurisdiction

APPROVE, READ = "approvals.approve", "approvals.read"


@dataclass(frozen=True, slots=True)
class Mandate:
    """In which capacity somebody approves: their own roles, or for a principal."""

    roles: list[dict[str, object]]
    for_officer: int | None = None

    def payload(self) -> dict[str, Any]:
        """As it is stored with the approval."""
        return {"roles": self.roles, "for": self.for_officer}


def delegations_to(*, officer_id: int, on: date) -> QuerySet[Delegation]:
    """Delegations that let this officer stand in for others on a day."""
    return Delegation.objects.filter(substitute_id=officer_id, validity__contains=on, ended_at__isnull=True)


def mandate(*, officer_id: int, unit_id: int, on: date) -> Mandate | None:
    """The capacity in which an officer may approve for a unit on a day, or None."""
    for principal in (officer_id, *_principals(officer_id, on)):
        if unit_id in jurisdiction(officer_id=principal, permission=APPROVE, on=on):
            held = held_roles(officer_id=principal, on=on)
            roles: list[dict[str, object]] = [
                {"role": each.role.value, "unit": each.unit_id} for each in held
            ]
            return Mandate(roles, None if principal == officer_id else principal)
    return None


def _principals(officer_id: int, on: date) -> list[int]:
    return list(delegations_to(officer_id=officer_id, on=on).values_list("principal_id", flat=True))


def approvers(*, submission: Submission, on: date) -> list[Officer]:
    """Everybody who may still approve a submission on a day, in Vietnamese order."""
    above = [unit.pk for unit in ancestors(unit_id=submission.unit_id, on=on)]
    done = Approval.objects.filter(submission=submission).values_list("person_bidx", flat=True)
    out = {submission.maker_id, submission.last_editor_id}
    found = holders(permission=APPROVE, unit_ids=[submission.unit_id, *above], on=on)
    said = {bytes(mark) for mark in done}
    return [each for each in found if each.pk not in out and bytes(each.citizen_number_bidx) not in said]


def unopened_groups(*, submission: Submission, officer_id: int) -> list[str]:
    """The groups of a submission that an officer has not opened, in their order."""
    opened = GroupOpening.objects.filter(submission=submission, officer_id=officer_id)
    seen = set(opened.values_list("group", flat=True))
    return [group for group in submission.groups if group not in seen]


def _covered(officer_id: int, on: date) -> set[int]:
    units = jurisdiction(officer_id=officer_id, permission=READ, on=on)
    for principal in _principals(officer_id, on):
        units |= jurisdiction(officer_id=principal, permission=APPROVE, on=on)
    return units


def visible(*, officer_id: int, on: date) -> QuerySet[Submission]:
    """The submissions an officer may see: of the units they cover, and their own."""
    mine = Q(maker_id=officer_id) | Q(last_editor_id=officer_id)
    found = Submission.objects.filter(mine | Q(unit_id__in=_covered(officer_id, on)))
    return found.select_related("unit", "maker", "last_editor", "decided_by").order_by("-submitted_at", "-pk")


def waiting_for(*, officer_id: int, on: date) -> QuerySet[Submission]:
    """Open submissions that this officer may approve and has not approved yet."""
    units = jurisdiction(officer_id=officer_id, permission=APPROVE, on=on)
    for principal in _principals(officer_id, on):
        units |= jurisdiction(officer_id=principal, permission=APPROVE, on=on)
    return (
        Submission.objects.filter(state=SubmissionState.SUBMITTED, unit_id__in=units)
        .exclude(maker_id=officer_id)
        .exclude(last_editor_id=officer_id)
        .exclude(approvals__officer_id=officer_id)
        .select_related("unit", "maker")
        .order_by("submitted_at", "pk")
    )


def living_delegations(*, on: date) -> QuerySet[Delegation]:
    """Every delegation that holds on a day or will hold, for all who approve to see."""
    return (
        Delegation.objects.filter(ended_at__isnull=True, validity__endswith__gt=on)
        .select_related("principal", "substitute")
        .order_by("validity", "pk")
    )


def possible_substitutes(*, officer_id: int, on: date) -> QuerySet[Officer]:
    """Active officers who may be named: they hold some role today, and not one that makes lists."""
    makers = holders(permission="batch.prepare", unit_ids=None, on=on).values("pk")
    everybody = holders(permission="home.read", unit_ids=None, on=on)
    return everybody.exclude(pk=officer_id).exclude(pk__in=makers)
