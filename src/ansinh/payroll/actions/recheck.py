# SPDX-License-Identifier: MPL-2.0
"""Trust, then verify: totals against the cases, and a thousand lines computed again from whole
records, before a calculation counts."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ansinh.payroll.actions.content import CommuneContent
from ansinh.payroll.facts import answer_of, base_component, component_lines, whole_case
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement

SAMPLE = 1_000


class TotalsDiffer(Refusal):
    """What is stored is not what the cases add up to; fields: stored, expected."""

    code = "PAYROLL_TOTALS_DIFFER"


class LineDiffers(Refusal):
    """A line computed again from the whole record is another; fields: line, stored, again."""

    code = "PAYROLL_LINE_DIFFERS"


@dataclass(frozen=True, slots=True)
class Totals:
    """What is stored."""

    people: int
    lines: int
    held: int
    total_vnd: int
    held_vnd: int
    recover_vnd: int
    first_id: int
    last_id: int


def check_totals(*, parts: Sequence[CommuneContent], expected_vnd: int) -> Totals:
    """Raises `TotalsDiffer` when the lines do not add up to what the cases owe."""
    stored = sum(each.by_law_vnd for each in parts)
    if stored != expected_vnd:
        raise TotalsDiffer(stored=stored, expected=expected_vnd)
    return Totals(
        people=sum(each.people for each in parts), lines=sum(each.lines for each in parts),
        held=sum(each.held for each in parts), total_vnd=sum(each.total_vnd for each in parts),
        held_vnd=sum(each.held_vnd for each in parts), recover_vnd=sum(each.recover_vnd for each in parts),
        first_id=min((each.first_id for each in parts), default=0),
        last_id=max((each.last_id for each in parts), default=0),
    )  # fmt: skip


def recheck_lines(*, payroll_id: int, totals: Totals, law: Law, province: str | None) -> int:
    """Compute up to a thousand lines again, chosen at random; returns how many. Raises
    `LineDiffers`."""
    if not totals.lines:
        return 0
    wanted = min(SAMPLE, totals.last_id - totals.first_id + 1)
    ids = random.SystemRandom().sample(range(totals.first_id, totals.last_id + 1), wanted)
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "sample_lines"), {"payroll": payroll_id, "ids": ids})
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        again = _again(row, law, province)
        stored = row["deducted_vnd"] + (-1 if row["kind"] == "recovery" else 1) * row["amount_vnd"]
        if again != stored:
            raise LineDiffers(line=row["id"], stored=stored, again=again)
    return len(rows)


def _born(born_on: date, precision: str) -> str:
    return f"{born_on:%Y-%m-%d}"[: {"year": 4, "month": 7, "day": 10}[precision]]


def _again(row: dict[str, Any], law: Law, province: str | None) -> int:
    month = Month.of(row["benefit_month"])
    case = whole_case(
        month=month, born=_born(row["born_on"], row["born_precision"]), sex=row["sex"],
        died_on=row["died_on"], household=row["household"], area=row["disadvantaged_area"],
        pension_vnd=row["pension_vnd"], alone=row["lives_alone"], awards=json.loads(row["awards"]),
        province=province,
    )  # fmt: skip
    lines = component_lines(answer_of(law, case), codes=frozenset({row["code"]}))
    base = base_component(row["component"])
    return sum(line.amount_vnd for component, line in lines if component == base)
