# SPDX-License-Identifier: MPL-2.0
"""The estimate of a unit, stream and year: over it is refused, under a lock (invariant M5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from ansinh.audit.actions import record
from ansinh.payroll.lifecycles import COMMITTED
from ansinh.payroll.models import Budget, Payroll
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors
from ansinh.rules.money import format_vnd
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class NoBudget(Refusal):
    """Neither the unit nor one above it has an estimate; fields: unit, year."""

    code = "PAYROLL_NO_BUDGET"


class OverBudget(Refusal):
    """More than what is left; fields: total, left, short."""

    code = "PAYROLL_OVER_BUDGET"


def set_budget(
    *, unit: Unit, stream: str, year: int, amount_vnd: int, decision: str, by: Officer | None, at: datetime
) -> Budget:
    """Record or replace the estimate by a decision. It may fall below what is committed (a decision
    is a fact); then nothing more can be submitted."""
    with transaction.atomic():
        made, _new = Budget.objects.update_or_create(
            unit=unit, stream=stream, year=year,
            defaults={"amount_vnd": amount_vnd, "decision": decision[:120], "set_at": at, "set_by": by},
        )  # fmt: skip
        record(
            by=by.pk if by else None, at=at, act="payroll.set_budget", subject="budget", subject_id=made.pk,
            unit_id=unit.pk,
            details={"stream": stream, "year": year, "amount_vnd": amount_vnd, "decision": decision[:120]},
        )  # fmt: skip
    return made


def committed(*, budget: Budget, without: int = 0) -> int:
    """What submitted, approved and settled payrolls take of an estimate."""
    taken = Payroll.objects.filter(budget=budget, state__in=COMMITTED).exclude(pk=without)
    return int(taken.aggregate(total=Sum("total_vnd"))["total"] or 0)


def commit_to_budget(*, payroll: Payroll) -> Budget:
    """Lock the estimate that a payroll draws on and see that it suffices; part of the caller's
    transaction. Raises `NoBudget` or `OverBudget`."""
    year = payroll.period.year
    units = [payroll.unit_id, *(unit.pk for unit in ancestors(unit_id=payroll.unit_id, on=payroll.period))]
    found = {
        each.unit_id: each
        for each in Budget.objects.select_for_update().filter(
            unit_id__in=units, stream=payroll.stream, year=year
        ).order_by("pk")
    }  # fmt: skip
    budget = next((found[unit] for unit in units if unit in found), None)
    if budget is None:
        raise NoBudget(unit=payroll.unit.name, year=year)
    left = budget.amount_vnd - committed(budget=budget, without=payroll.pk)
    if payroll.total_vnd > left:
        raise OverBudget(
            total=format_vnd(payroll.total_vnd), left=format_vnd(left),
            short=format_vnd(payroll.total_vnd - left),
        )  # fmt: skip
    return budget
