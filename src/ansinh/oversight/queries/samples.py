# SPDX-License-Identifier: MPL-2.0
"""Samples, visits, the measured error rate, and the proof that a sample was drawn as published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet

from ansinh.oversight.models import Draw, Visit
from ansinh.rules.months import Month
from ansinh.rules.sampling import ErrorRate, Stratum, drawn, error_rate
from ansinh.statements import statement


def rate(*, month: Month, commune_ids: Collection[int]) -> ErrorRate:
    """The measured error rate of a month in some communes."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("oversight", "error_strata"),
            {"month": month.first_day, "communes": list(commune_ids)},
        )
        return error_rate(strata=[Stratum(*row) for row in cursor.fetchall()])


def visits(*, month: Month | None, commune_ids: Collection[int], state: str = "") -> QuerySet[Visit]:
    """Visits of a month in some communes, hamlet by hamlet; those still to be made first."""
    found = Visit.objects.filter(commune_id__in=list(commune_ids)).select_related(
        "person", "commune", "visitor", "draw__seed"
    )
    if month is not None:
        found = found.filter(draw__seed__period=month.first_day)
    if state == "open":
        found = found.exclude(state="visited")
    elif state:
        found = found.filter(state=state)
    return found.order_by("state", "commune__sort_key", "person__hamlet", "place", "pk")


def draws(*, commune_ids: Collection[int]) -> QuerySet[Draw]:
    """Samples with how many of their visits were made, the newest first."""
    mine = Q(visits__commune_id__in=list(commune_ids))
    return (
        Draw.objects.filter(mine).select_related("seed").annotate(
            mine=Count("visits", distinct=True),
            made=Count("visits", filter=Q(visits__state="visited"), distinct=True),
            wrong=Count("visits", filter=Q(visits__state="visited") & ~Q(visits__finding="right"),
                        distinct=True),
        ).order_by("-seed__period", "payroll_id")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proof:
    """A sample drawn again: whether it is the one that stands in the books."""

    payroll_id: int
    lines: int
    drawn: int
    same: bool


def drawn_again(*, draw: Draw) -> Proof:
    """Draw a sample again in plain Python, from the published words and the locked lines (scope: all)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commune_id, id FROM payroll_line WHERE payroll_id = %s AND hold = ''"
            " AND kind <> 'recovery'",
            [draw.payroll_id],
        )
        lines: dict[int, list[int]] = {}
        for commune, line in cursor.fetchall():
            lines.setdefault(commune, []).append(line)
        cursor.execute("SELECT content_sha256 FROM payroll_payroll WHERE id = %s", [draw.payroll_id])
        content = bytes(cursor.fetchone()[0])
    again = drawn(seed=draw.seed.text, content_sha256=content.hex(), lines=lines)
    booked: dict[int, list[int]] = {}
    for commune_id, line_id in draw.visits.order_by("commune_id", "place").values_list(
        "commune_id", "line_id"
    ):
        booked.setdefault(commune_id, []).append(line_id)
    return Proof(
        draw.payroll_id, sum(len(each) for each in lines.values()), sum(len(each) for each in again.values()),
        again == booked and content == bytes(draw.content_sha256),
    )  # fmt: skip
