# SPDX-License-Identifier: MPL-2.0
"""Who has not begun, who is late, who is done; and what the system counts by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Max, QuerySet

from ansinh.directives.measures import Measured, measure
from ansinh.directives.models import Directive, Order, Plan, Task
from ansinh.statements import statement

OPEN = ("given", "acknowledged", "under_way")
WHICH = ("all", "not_begun", "late", "under_way", "done")


@dataclass(frozen=True, slots=True)
class Board:
    """How many units have an order in which way."""

    given: int = 0
    not_begun: int = 0
    under_way: int = 0
    late: int = 0
    done: int = 0


def narrowed(*, tasks: QuerySet[Task], which: str, on: date) -> QuerySet[Task]:
    """Tasks in one way: not begun, late, under way, done; anything else is all that count."""
    if which == "not_begun":
        return tasks.filter(state="given")
    if which == "late":
        return tasks.filter(state__in=OPEN, due_on__lt=on)
    if which == "under_way":
        return tasks.filter(state__in=["acknowledged", "under_way"])
    if which == "done":
        return tasks.filter(state="done")
    return tasks.exclude(state__in=["passed", "withdrawn"])


def tasks_of(*, unit_ids: Collection[int], which: str, on: date) -> QuerySet[Task]:
    """The tasks of some units, the earliest due first, with the reminders they got."""
    found = Task.objects.filter(unit_id__in=list(unit_ids)).select_related(
        "unit", "officer", "order__directive__document"
    )
    return (
        narrowed(tasks=found, which=which, on=on)
        .annotate(reminded=Count("reminders", distinct=True), last_reminder=Max("reminders__at"))
        .order_by("due_on", "unit__level", "unit__sort_key", "order__position", "pk")
    )


def board(*, directive_id: int, unit_ids: Collection[int], on: date) -> dict[int, Board]:
    """order id -> how many units are where, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("directives", "board"), {"directive": directive_id, "units": list(unit_ids), "on": on}
        )
        return {row[0]: Board(*(int(each) for each in row[1:])) for row in cursor.fetchall()}


def measured(*, tasks: Iterable[Task], on: date) -> dict[int, Measured]:
    """task id -> what the system counts for it; one call a measure and directive, not a task."""
    asked: dict[tuple[str, int], list[Task]] = {}
    for task in tasks:
        if task.order.measure:
            asked.setdefault((task.order.measure, task.order.directive_id), []).append(task)
    found: dict[int, Measured] = {}
    for (code, directive_id), group in asked.items():
        units = {task.unit_id for task in group}
        counted = measure(code=code, unit_ids=units, on=on, directive_id=directive_id)
        found |= {task.pk: counted[task.unit_id] for task in group}
    return found


def measured_orders(*, directive: Directive, on: date) -> dict[int, Measured]:
    """order id -> what the system counts for the whole unit that issued it."""
    orders = [order for order in directive.orders.all() if order.measure]
    return {
        order.pk: measure(code=order.measure, unit_ids=[directive.unit_id], on=on, directive_id=directive.pk)[
            directive.unit_id
        ]
        for order in orders
    }


def seen_directives(*, unit_ids: Collection[int]) -> QuerySet[Directive]:
    """The directives that some units issued or have tasks from, the newest first."""
    units = list(unit_ids)
    mine = Directive.objects.filter(unit_id__in=units).values("pk")
    given = Task.objects.filter(unit_id__in=units).values("order__directive_id")
    return (
        (Directive.objects.filter(pk__in=mine) | Directive.objects.filter(pk__in=given, state="issued"))
        .select_related("document", "unit")
        .order_by("-document__issued_on", "-pk")
    )


def orders_for(*, directive_id: int, unit_id: int) -> QuerySet[Order]:
    """The orders of a directive that a unit has, in their order: the content of its plan."""
    has = Task.objects.filter(unit_id=unit_id, order__directive_id=directive_id).values("order_id")
    return Order.objects.filter(pk__in=has).order_by("position")


def plan_of(*, directive_id: int, unit_id: int) -> Plan | None:
    """The plan of a unit for a directive, if it has begun one."""
    return Plan.objects.filter(directive_id=directive_id, unit_id=unit_id).select_related("unit").first()
