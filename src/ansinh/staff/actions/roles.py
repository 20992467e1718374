# SPDX-License-Identifier: MPL-2.0
"""Roles: proposed by one person, confirmed by another, ended with a date (A8)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from ansinh.audit.actions import record
from ansinh.rules.refusals import Refusal
from ansinh.staff.duties import LABELS, Role, clashing, permissions_of
from ansinh.staff.lifecycles import GRANT, Grant
from ansinh.staff.models import GrantState, Officer, RoleAssignment
from ansinh.staff.queries import may


class RoleOutsideJurisdiction(Refusal):
    """The officer who acts has no say over that unit."""

    code = "ROLE_OUTSIDE_JURISDICTION"


class SamePersonGrants(Refusal):
    """The confirmer proposed it, or it is meant for them."""

    code = "ROLE_SAME_PERSON"


class DutiesClash(Refusal):
    """Two duties that may not meet; fields: officer, first, second."""

    code = "ROLE_DUTIES_CLASH"


class RoleHeldAlready(Refusal):
    """The officer holds this role at this unit in that time already."""

    code = "ROLE_HELD_ALREADY"


def propose_role(
    *,
    officer_id: int,
    role: Role,
    unit_id: int,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> RoleAssignment:
    """Propose a role at a unit from a day on (up to, not including, `valid_to`).

    Raises `RoleOutsideJurisdiction`, `DutiesClash`, `RoleHeldAlready`.
    """
    if not may(officer_id=by.pk, permission="staff.propose", unit_id=unit_id, on=on):
        raise RoleOutsideJurisdiction
    with transaction.atomic():
        officer = Officer.objects.select_for_update().get(pk=officer_id)
        _no_clash(officer, role, valid_from, valid_to)
        assignment = _insert(officer, role, unit_id, valid_from, valid_to, reason, by, at)
        _record(by, at, "staff.propose_role", assignment, role=role.value)
    return assignment


def _insert(
    officer: Officer,
    role: Role,
    unit_id: int,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    by: Officer | None,
    at: datetime,
) -> RoleAssignment:
    try:
        with transaction.atomic():
            return RoleAssignment.objects.create(
                officer=officer, role=role.value, unit_id=unit_id, validity=(valid_from, valid_to),
                reason=reason, proposed_by=by, proposed_at=at,
            )  # fmt: skip
    except IntegrityError as overlap:
        raise RoleHeldAlready(officer=officer.full_name, role=LABELS[role][0]) from overlap


def _no_clash(officer: Officer, role: Role, start: date, end: date | None) -> None:
    living = RoleAssignment.objects.filter(
        Q(state=GrantState.CONFIRMED) | Q(state=GrantState.PROPOSED),
        officer=officer,
        validity__overlap=(start, end),
    ).values_list("role", flat=True)
    held = frozenset(code for each in living for code in permissions_of(Role(each)))
    pair = clashing(held, permissions_of(role))
    if pair is not None:
        first, second = sorted(pair)
        raise DutiesClash(officer=officer.full_name, first=first, second=second)


def _record(by: Officer | None, at: datetime, act: str, assignment: RoleAssignment, **details: str) -> None:
    record(
        by=by.pk if by else None, at=at, act=act, subject="role_assignment",
        subject_id=assignment.pk, unit_id=assignment.unit_id,
        details={"officer": assignment.officer_id, **details},
    )  # fmt: skip


def _answer(
    assignment_id: int, event: str, *, answer: str, by: Officer, at: datetime, on: date
) -> RoleAssignment:
    with transaction.atomic():
        assignment = RoleAssignment.objects.select_for_update().get(pk=assignment_id)
        target = GRANT.apply(Grant(assignment.state), event)
        if by.pk in {assignment.proposed_by_id, assignment.officer_id}:
            raise SamePersonGrants
        if not may(officer_id=by.pk, permission="staff.confirm", unit_id=assignment.unit_id, on=on):
            raise RoleOutsideJurisdiction
        RoleAssignment.objects.filter(pk=assignment_id).update(
            state=target.value, confirmed_by=by, confirmed_at=at, answer=answer
        )
        _record(by, at, f"staff.{event}_role", assignment, role=assignment.role)
        assignment.refresh_from_db()
    return assignment


def confirm_role(*, assignment_id: int, by: Officer, at: datetime, on: date) -> RoleAssignment:
    """Confirm a proposed role; it holds from its first day. Raises `SamePersonGrants`,
    `RoleOutsideJurisdiction` or `NotFromThisState`."""
    return _answer(assignment_id, "confirm", answer="", by=by, at=at, on=on)


def refuse_role(*, assignment_id: int, reason: str, by: Officer, at: datetime, on: date) -> RoleAssignment:
    """Refuse a proposed role with a reason. Raises as `confirm_role`."""
    return _answer(assignment_id, "refuse", answer=reason, by=by, at=at, on=on)


def end_role(*, assignment_id: int, last_day: date, reason: str, by: Officer, at: datetime, on: date) -> None:
    """End a role after `last_day`; takes effect at once when that day is past. One person is
    enough: it only takes away. Raises `RoleOutsideJurisdiction` or `NotFromThisState`."""
    with transaction.atomic():
        assignment = RoleAssignment.objects.select_for_update().get(pk=assignment_id)
        if not may(officer_id=by.pk, permission="staff.propose", unit_id=assignment.unit_id, on=on):
            raise RoleOutsideJurisdiction
        target = GRANT.apply(Grant(assignment.state), "end")
        start = assignment.validity.lower
        if last_day < start or last_day < on:
            RoleAssignment.objects.filter(pk=assignment_id).update(state=target.value, answer=reason)
        else:
            end = date.fromordinal(last_day.toordinal() + 1)
            RoleAssignment.objects.filter(pk=assignment_id).update(validity=(start, end), answer=reason)
        _record(by, at, "staff.end_role", assignment, role=assignment.role, reason=reason)


def first_roles(*, roles: list[tuple[Officer, Role, int]], valid_from: date, at: datetime) -> None:
    """Give the very first roles of an installation, when nobody can confirm anything yet.

    Works only while no role was ever confirmed; from then on every grant takes two persons.
    Raises `SamePersonGrants` afterwards.
    """
    with transaction.atomic():
        if RoleAssignment.objects.filter(state=GrantState.CONFIRMED).exists():
            raise SamePersonGrants
        for officer, role, unit_id in roles:
            _no_clash(officer, role, valid_from, None)
            assignment = _insert(officer, role, unit_id, valid_from, None, "khởi tạo hệ thống", None, at)
            target = GRANT.apply(Grant(assignment.state), "confirm")
            RoleAssignment.objects.filter(pk=assignment.pk).update(state=target.value, confirmed_at=at)
            _record(None, at, "staff.first_role", assignment, role=role.value)
