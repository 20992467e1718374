# SPDX-License-Identifier: MPL-2.0
"""Difficulties by turn, groups that look alike, guidance by words, the monthly synthesis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from rapidfuzz import fuzz

from ansinh.directives.models import Answer, Difficulty
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name
from ansinh.statements import statement

OPEN = ("raised", "with_department", "with_authority")
ALIKE = 72  # token_set_ratio of folded words; a person confirms, so a loose bound costs little
MOST_COMPARED = 400  # pairs grow with the square; the rest waits for the next look


def waiting(*, unit_ids: Collection[int]) -> QuerySet[Difficulty]:
    """Difficulties whose turn it is at some units, the earliest due first."""
    return _with(Difficulty.objects.filter(at_unit_id__in=list(unit_ids), state__in=OPEN)).order_by(
        "due_on", "pk"
    )


def raised_by(*, unit_ids: Collection[int]) -> QuerySet[Difficulty]:
    """Difficulties that some units raised, the newest first."""
    return _with(Difficulty.objects.filter(unit_id__in=list(unit_ids))).order_by("-pk")


def _with(found: QuerySet[Difficulty]) -> QuerySet[Difficulty]:
    return found.select_related("unit", "at_unit", "owner", "raised_by", "answer")


def groups(*, found: Sequence[Difficulty]) -> list[list[Difficulty]]:
    """Unanswered difficulties that say much the same, of one category, together; the largest group
    first. A proposal only."""
    todo = [each for each in found if each.answer_id is None][:MOST_COMPARED]
    made: list[list[Difficulty]] = []
    for each in todo:
        home = next((group for group in made if _alike(group[0], each)), None)
        if home is None:
            made.append([each])
        else:
            home.append(each)
    return sorted(made, key=lambda group: (-len(group), group[0].due_on, group[0].pk))


def _alike(one: Difficulty, other: Difficulty) -> bool:
    return (
        one.category == other.category and fuzz.token_set_ratio(one.words_folded, other.words_folded) >= ALIKE
    )


def guidance(*, text: str, category: str = "") -> QuerySet[Answer]:
    """Issued answers that hold every word of `text`, without marks, the newest first."""
    found = Answer.objects.filter(state="issued").select_related("issued_by").order_by("-issued_at", "-pk")
    if category:
        found = found.filter(category=category)
    for word in fold_name(text).split():
        found = found.filter(words_folded__contains=word)
    return found


def guidance_like(*, difficulty: Difficulty, many: int = 3) -> list[Answer]:
    """Issued answers to what looks like this difficulty, the likest first."""
    scored = [
        (fuzz.token_set_ratio(difficulty.words_folded, each.words_folded), each)
        for each in Answer.objects.filter(state="issued", category=difficulty.category).order_by("-pk")[
            :MOST_COMPARED
        ]
    ]
    near = sorted((pair for pair in scored if pair[0] >= 50), key=lambda pair: (-pair[0], -pair[1].pk))
    return [answer for _score, answer in near[:many]]


@dataclass(frozen=True, slots=True)
class Summed:
    """One line of the synthesis: a category in a unit."""

    category: str
    unit: str
    raised: int
    answered: int
    open: int
    late: int
    days: int | None  # whole days from raised to answered, the middle one


def synthesis(*, month: Month, unit_ids: Collection[int], on: date) -> list[Summed]:
    """Difficulties raised in a month by category and unit, as they stand on a day."""
    values: dict[str, Any] = {
        "first": month.first_day, "after": month.next.first_day, "units": list(unit_ids), "on": on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("directives", "synthesis"), values)
        return [Summed(*row) for row in cursor.fetchall()]
