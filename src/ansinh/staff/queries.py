# SPDX-License-Identifier: MPL-2.0
"""What an officer may do, where, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from ansinh.places.models import Unit
from ansinh.places.queries import descendants, units_covered, with_history
from ansinh.staff.duties import DUTIES, Role, permissions_of
from ansinh.staff.models import GrantState, Officer, RoleAssignment

SCOPE_SECONDS = 300  # which units lie below a unit changes with a decree, not within minutes


@dataclass(frozen=True, slots=True)
class Held:
    """A role held on a day and the unit it is bound to."""

    role: Role
    unit_id: int


def held_roles(*, officer_id: int, on: date) -> list[Held]:
    """The confirmed roles of an active officer on a day."""
    rows = RoleAssignment.objects.filter(
        officer_id=officer_id,
        officer__is_active=True,
        state=GrantState.CONFIRMED,
        validity__contains=on,
    ).values_list("role", "unit_id")
    return [Held(Role(role), unit_id) for role, unit_id in rows]


def permissions(*, officer_id: int, on: date) -> frozenset[str]:
    """Every permission that the officer holds somewhere on a day."""
    held = held_roles(officer_id=officer_id, on=on)
    return frozenset(code for each in held for code in permissions_of(each.role))


def jurisdiction(*, officer_id: int, permission: str, on: date) -> set[int]:
    """Ids of the units for which the officer holds a permission on a day: the unit of the role and
    everything below it; an abolished unit covers what it became, and a merged one the papers of
    those it was made of."""
    held = held_roles(officer_id=officer_id, on=on)
    units = {each.unit_id for each in held if permission in permissions_of(each.role)}
    return with_history(unit_ids=units | units_covered(unit_ids=units, on=on)) if units else set()


def permissions_at(*, officer_id: int, unit_id: int, on: date) -> frozenset[str]:
    """Every permission that the officer holds for one unit on a day, by the units of their roles."""
    found: set[str] = set()
    for each in held_roles(officer_id=officer_id, on=on):
        covered = {each.unit_id} | units_covered(unit_ids={each.unit_id}, on=on)
        if unit_id in with_history(unit_ids=covered):
            found |= permissions_of(each.role)
    return frozenset(found)


def row_scope(*, officer_id: int, permission: str, on: date) -> frozenset[int] | None:
    """The units whose rows of personal data the officer's pages see on a day; None: the whole
    installation, for roles at the province that it serves."""
    held = held_roles(officer_id=officer_id, on=on)
    units = {each.unit_id for each in held if permission in permissions_of(each.role)}
    if Unit.objects.filter(pk__in=units, level="province", code=settings.PROVINCE).exists():
        return None
    key = f"row-scope:{on:%Y%m%d}:{','.join(map(str, sorted(units)))}"
    found: frozenset[int] | None = cache.get(key)
    if found is None:
        covered = units_covered(unit_ids=units, on=on) if units else set()
        found = frozenset(with_history(unit_ids=units | covered)) if units else frozenset()
        cache.set(key, found, SCOPE_SECONDS)
    return found


def may(*, officer_id: int, permission: str, unit_id: int, on: date) -> bool:
    """Whether the officer holds a permission for a unit on a day."""
    return unit_id in jurisdiction(officer_id=officer_id, permission=permission, on=on)


def holders(*, permission: str, unit_ids: Iterable[int] | None, on: date) -> QuerySet[Officer]:
    """Active officers who hold a permission at one of the units (None: anywhere) on a day, in
    Vietnamese order."""
    roles = [role.value for role in Role if permission in permissions_of(role)]
    held = RoleAssignment.objects.filter(state=GrantState.CONFIRMED, role__in=roles, validity__contains=on)
    if unit_ids is not None:
        held = held.filter(unit_id__in=list(unit_ids))
    found = Officer.objects.filter(is_active=True, pk__in=held.values("officer_id"))
    return found.order_by("sort_key", "pk")


def visible_officers(*, officer_id: int, on: date) -> QuerySet[Officer]:
    """The officers whom this one may see: those with a role in their jurisdiction, any date, and
    those without any role yet."""
    units = jurisdiction(officer_id=officer_id, permission="staff.read", on=on)
    inside = RoleAssignment.objects.filter(unit_id__in=units).values("officer_id")
    found = Officer.objects.filter(pk__in=inside) | Officer.objects.filter(assignments__isnull=True)
    return found.distinct().order_by("sort_key", "pk")


def waiting_grants(*, officer_id: int, on: date) -> QuerySet[RoleAssignment]:
    """Proposed roles that this officer may confirm: in their jurisdiction, neither proposed by nor
    meant for them."""
    units = jurisdiction(officer_id=officer_id, permission="staff.confirm", on=on)
    return (
        RoleAssignment.objects.filter(state=GrantState.PROPOSED, unit_id__in=units)
        .exclude(proposed_by_id=officer_id)
        .exclude(officer_id=officer_id)
        .select_related("officer", "unit", "proposed_by")
        .order_by("proposed_at", "pk")
    )


def duty_rows() -> list[tuple[str, str, list[bool]]]:
    """The duties matrix for the page: (label, english, one mark a role)."""
    return [(duty.label, duty.english, [role in duty.roles for role in Role]) for duty in DUTIES]


def below(*, unit_id: int, on: date) -> set[int]:
    """Ids of a unit and everything below it."""
    return descendants(unit_ids=[unit_id], on=on)
