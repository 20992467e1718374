# SPDX-License-Identifier: MPL-2.0
"""The estimate of a unit, stream and year (the ledger's budgets): over it is refused, under a lock
(invariant M5). A commune's own estimate counts; without one, that of the nearest unit above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from ansinh.ledger.models import Budget
from ansinh.payroll.lifecycles import COMMITTED, SETTLED
from ansinh.payroll.models import STREAMS, CommuneTotal, Payroll
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


def committed(
    *, stream: str, year: int, without: int = 0, states: tuple[str, ...] = COMMITTED
) -> dict[int, int]:
    """commune -> what submitted, approved and settled payrolls (or those in some states) of a stream
    and year take."""
    asked: dict[str, Any] = {
        "stream": stream, "first": date(year, 1, 1), "after": date(year + 1, 1, 1),
        "states": list(states), "without": without,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "committed"), asked)
        return {int(commune): int(vnd) for commune, vnd in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Draw:
    """What a payroll draws on the estimate of a unit, and what that has left; `unit_id` None: nobody
    in the chain of units has an estimate."""

    unit_id: int | None
    wanted_vnd: int
    left_vnd: int

    @property
    def short_vnd(self) -> int:
        """What is missing; 0 when it suffices."""
        return max(0, self.wanted_vnd - self.left_vnd)


def draws(*, payroll: Payroll) -> list[Draw]:
    """What a payroll takes from which estimates: a commune's own, else that of the nearest unit above
    the payroll's unit."""
    year, stream = payroll.period.year, payroll.stream
    chain = _chain(payroll)
    given = estimates(stream=stream, year=year)
    taken = committed(stream=stream, year=year, without=payroll.pk)
    wanted: dict[int | None, int] = defaultdict(int)
    for commune, vnd in _asked(payroll).items():
        if vnd:
            wanted[next((each for each in (commune, *chain) if each in given), None)] += vnd
    return [
        Draw(
            holder,
            vnd,
            0 if holder is None else left_of(holder=holder, given=given, taken=taken, on=payroll.period),
        )
        for holder, vnd in wanted.items()
    ]


@dataclass(frozen=True, slots=True)
class Position:
    """The estimate of a unit and stream in a year: given, taken by payrolls that wait for approval,
    by those that are locked or paid, left."""

    unit: Unit
    stream: str
    given_vnd: int
    waiting_vnd: int
    spent_vnd: int

    @property
    def left_vnd(self) -> int:
        """What another payroll may take."""
        return self.given_vnd - self.waiting_vnd - self.spent_vnd


def positions(*, unit_ids: Iterable[int], year: int) -> list[Position]:
    """For each of these units and stream with an estimate in a year."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(unit_ids))}
    found = []
    for stream in STREAMS:
        given = estimates(stream=stream, year=year)
        taken = committed(stream=stream, year=year)
        spent = committed(stream=stream, year=year, states=SETTLED)
        for holder in sorted(
            given.keys() & units.keys(), key=lambda pk: (units[pk].level, units[pk].sort_key)
        ):
            on = date(year, 12, 31)
            left = left_of(holder=holder, given=given, taken=taken, on=on)
            gone = given[holder] - left_of(holder=holder, given=given, taken=spent, on=on)
            found.append(Position(units[holder], stream, given[holder], given[holder] - left - gone, gone))
    return found


def left_of(*, holder: int, given: Mapping[int, int], taken: Mapping[int, int], on: date) -> int:
    """What the estimate of a unit has left: below it, communes with an estimate of their own do not
    draw on it."""
    below = descendants(unit_ids=[holder], on=on) | {holder}
    drawing = {commune for commune in below if commune == holder or commune not in given}
    return given[holder] - sum(amount for commune, amount in taken.items() if commune in drawing)


def _chain(payroll: Payroll) -> list[int]:
    above = ancestors(unit_id=payroll.unit_id, on=payroll.period)
    return [payroll.unit_id, *(each.pk for each in above)]


def _asked(payroll: Payroll) -> dict[int, int]:
    return dict(CommuneTotal.objects.filter(payroll=payroll).values_list("commune_id", "total_vnd"))


def commit_to_budget(*, payroll: Payroll) -> None:
    """Lock the estimates that a payroll draws on and see that they suffice; part of the caller's
    transaction. Raises `NoBudget` or `OverBudget`."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("payroll", "lock_budgets"),
            {"source": payroll.stream, "units": sorted({*_chain(payroll), *_asked(payroll)})},
        )
    for draw in draws(payroll=payroll):
        if draw.unit_id is None:
            raise NoBudget(unit=payroll.unit.name, year=payroll.period.year)
        if draw.short_vnd:
            raise OverBudget(
                unit=Unit.objects.get(pk=draw.unit_id).name, total=format_vnd(draw.wanted_vnd),
                left=format_vnd(draw.left_vnd), short=format_vnd(draw.short_vnd),
            )  # fmt: skip
