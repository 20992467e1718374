# SPDX-License-Identifier: MPL-2.0
"""The estimate of a unit, stream and year (the ledger's budgets): over it is refused, under a lock
(invariant M5). A commune's own estimate counts; without one, that of the nearest unit above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from ansinh.ledger.models import Budget
from ansinh.payroll.lifecycles import COMMITTED
from ansinh.payroll.models import CommuneTotal, Payroll
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, descendants
from ansinh.rules.money import format_vnd
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement


class NoBudget(Refusal):
    """Neither the unit nor one above it has an estimate; fields: unit, year."""

    code = "PAYROLL_NO_BUDGET"


class OverBudget(Refusal):
    """More than what is left; fields: unit, total, left, short."""

    code = "PAYROLL_OVER_BUDGET"


def estimates(*, stream: str, year: int) -> dict[int, int]:
    """unit -> the sum of the decisions that gave it money of a stream for a year."""
    given = (
        Budget.objects.filter(source=stream, year=year).values_list("commune_id").annotate(Sum("amount_vnd"))
    )
    return {int(unit): int(amount) for unit, amount in given}


def committed(*, stream: str, year: int, without: int = 0) -> dict[int, int]:
    """commune -> what submitted, approved and settled payrolls of a stream and year take."""
    asked: dict[str, Any] = {
        "stream": stream, "first": date(year, 1, 1), "after": date(year + 1, 1, 1),
        "states": list(COMMITTED), "without": without,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "committed"), asked)
        return {int(commune): int(vnd) for commune, vnd in cursor.fetchall()}


def commit_to_budget(*, payroll: Payroll) -> None:
    """Lock the estimates that a payroll draws on and see that they suffice; part of the caller's
    transaction. Raises `NoBudget` or `OverBudget`."""
    year, unit = payroll.period.year, payroll.unit
    chain = [unit.pk, *(above.pk for above in ancestors(unit_id=unit.pk, on=payroll.period))]
    asked = dict(CommuneTotal.objects.filter(payroll=payroll).values_list("commune_id", "total_vnd"))
    with connection.cursor() as cursor:
        cursor.execute(
            statement("payroll", "lock_budgets"),
            {"source": payroll.stream, "units": sorted({*chain, *asked})},
        )
    given = estimates(stream=payroll.stream, year=year)
    taken = committed(stream=payroll.stream, year=year, without=payroll.pk)
    wanted: dict[int, int] = defaultdict(int)
    for commune, vnd in asked.items():
        holder = next((each for each in (commune, *chain) if each in given), None)
        if holder is None and vnd:
            raise NoBudget(unit=unit.name, year=year)
        if holder is not None:
            wanted[holder] += vnd
    for holder, vnd in wanted.items():
        _suffices(holder, vnd, given, taken, payroll)


def _suffices(
    holder: int, vnd: int, given: Mapping[int, int], taken: Mapping[int, int], payroll: Payroll
) -> None:
    below = descendants(unit_ids=[holder], on=payroll.period) | {holder}
    drawing = {commune for commune in below if commune == holder or commune not in given}
    left = given[holder] - sum(amount for commune, amount in taken.items() if commune in drawing)
    if vnd > left:
        raise OverBudget(
            unit=Unit.objects.get(pk=holder).name, total=format_vnd(vnd), left=format_vnd(left),
            short=format_vnd(vnd - left),
        )  # fmt: skip
