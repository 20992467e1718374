# SPDX-License-Identifier: MPL-2.0
"""Tăng, giảm: this month against the last one, each difference with its reason or marked as having
none (invariant E8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.payroll.lifecycles import SETTLED, PayrollState
from ansinh.payroll.models import Difference, Explanation, Payroll
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

FURTHEST_BACK = 2  # months: after two months paid together the last payroll lies two months back


class DoesNotClose(Refusal):
    """Last month + increases - decreases is not this month; fields: stored, expected."""

    code = "PAYROLL_TOTALS_DIFFER"


class ReasonNeeded(Refusal):
    """An explanation without words."""

    code = "PAYROLL_REASON_NEEDED"


class NothingToExplain(Refusal):
    """The person has no unexplained difference of this kind."""

    code = "PAYROLL_NOTHING_TO_EXPLAIN"


@dataclass(frozen=True, slots=True)
class Sums:
    """The two sides of E8."""

    people_before: int
    vnd_before: int
    joined: int
    left: int
    increase_vnd: int
    decrease_vnd: int
    people_now: int
    vnd_now: int
    unexplained: int


def previous_of(*, payroll: Payroll) -> list[Payroll]:
    """The settled payrolls of the nearest earlier month, same stream, sharing communes."""
    earliest = (Month.of(payroll.period) - FURTHEST_BACK).first_day
    found = list(
        Payroll.objects.filter(
            stream=payroll.stream, state__in=SETTLED, communes__overlap=payroll.communes,
            period__lt=payroll.period, period__gte=earliest,
        ).order_by("-period", "number")
    )  # fmt: skip
    return [each for each in found if each.period == found[0].period]


def compare(*, payroll: Payroll, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write the differences of a calculation; part of its transaction. Returns what the payroll
    keeps of them. Raises `DoesNotClose`."""
    before = previous_of(payroll=payroll)
    if not before or payroll.number > 1:
        return {"previous": None, "unexplained": 0}
    asked: dict[str, Any] = dict(values) | {
        "previous": [each.pk for each in before],
        "last_month": before[0].period,
        "since": min(each.calculated_at for each in before if each.calculated_at),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "compare"), asked)
    found = sums(payroll=payroll, previous=before)
    if found.vnd_before + found.increase_vnd - found.decrease_vnd != found.vnd_now:
        expected = found.vnd_before + found.increase_vnd - found.decrease_vnd
        raise DoesNotClose(stored=found.vnd_now, expected=expected)
    if found.people_before + found.joined - found.left != found.people_now:
        expected = found.people_before + found.joined - found.left
        raise DoesNotClose(stored=found.people_now, expected=expected)
    return {"previous": before[0], "unexplained": found.unexplained}


def sums(*, payroll: Payroll, previous: list[Payroll]) -> Sums:
    """Both sides of E8 from what is stored."""
    asked: dict[str, Any] = {
        "payroll": payroll.pk, "communes": payroll.communes, "previous": [each.pk for each in previous],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "difference_sums"), asked)
        return Sums(*(int(value) for value in cursor.fetchone() or ()))


def explain(
    *, payroll_id: int, person_id: int, kind: str, text: str, by: Officer, at: datetime
) -> int:  # fmt: skip
    """Write why a person's payment differs; returns how many differences still have no reason.
    Raises `ReasonNeeded`, `NothingToExplain` or `NotFromThisState`."""
    if not text.strip():
        raise ReasonNeeded
    with transaction.atomic():
        payroll = Payroll.objects.select_for_update().get(pk=payroll_id)
        state = PayrollState(payroll.state)
        if state not in {PayrollState.CALCULATED, PayrollState.RETURNED}:
            raise NotFromThisState(state=state.value, event="explain", allowed=("calculate",))
        found = Difference.objects.filter(payroll=payroll, person_id=person_id, kind=kind, reason="").first()
        if found is None:
            raise NothingToExplain
        Explanation.objects.create(
            payroll=payroll, person_id=person_id, commune_id=found.commune_id, kind=kind,
            text=text.strip()[:300], at=at, by=by,
        )  # fmt: skip
        values = {field.name: getattr(found, field.name) for field in Difference._meta.fields}
        found.delete()
        Difference.objects.create(
            **values | {"id": None, "reason": "explained", "evidence": text.strip()[:300]}
        )
        Payroll.objects.filter(pk=payroll_id).update(unexplained=payroll.unexplained - 1)
        record(by=by.pk, at=at, act="payroll.explain", subject="payroll", subject_id=payroll_id,
               unit_id=payroll.unit_id, details={"person": person_id, "kind": kind})  # fmt: skip
    return payroll.unexplained - 1
