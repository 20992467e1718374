# SPDX-License-Identifier: MPL-2.0
"""Figures by unit and month from the roll-up table; people behind a figure from the stages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ansinh.dashboards.models import Refresh
from ansinh.payees.periods import for_period
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.suppression import Said, said
from ansinh.statements import statement

TARGET_PERCENT = 30  # the letter of 29/2/2024: of all beneficiaries, by the end of 2024
FEW = 30  # below this many people one person moves the percentage by more than three points
UNSAID = "…"  # a count that could point at somebody is not published
TREND_MONTHS = 24
GROUPS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a unit in a month."""

    people: int = 0
    eligible: int = 0
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    e: int = 0
    f: int = 0
    by_account: int = 0
    by_wallet: int = 0
    by_cash: int = 0
    held: int = 0
    merit_vnd: int = 0
    assistance_vnd: int = 0
    payments: int = 0
    arrived: int = 0
    on_time: int = 0
    returned: int = 0
    uncollected: int = 0
    unreported: int = 0
    difficulties: int = 0
    complaints: int = 0
    late: int = 0

    @property
    def on_time_share(self) -> int | None:
        """Percent of payments that arrived by the report day, in tenths; None without any."""
        return None if self.payments == 0 else self.on_time * 1000 // self.payments

    @property
    def of_all(self) -> int | None:
        """Percent of all who are paid through an account, in tenths; None without people."""
        return None if self.people == 0 else self.a * 1000 // self.people

    @property
    def of_eligible(self) -> int | None:
        """Percent of those who could have one, in tenths; None without any."""
        return None if self.eligible == 0 else self.a * 1000 // self.eligible

    @property
    def left(self) -> int:
        """How many people more make the target of all."""
        return max(0, -(-self.people * TARGET_PERCENT // 100) - self.a)

    @property
    def is_small(self) -> bool:
        """Too few people to rank by a percentage."""
        return self.people < FEW

    @property
    def groups(self) -> list[tuple[str, int]]:
        """(group, people) from A to F."""
        return list(zip(GROUPS, (self.a, self.b, self.c, self.d, self.e, self.f), strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """A unit beside the others. `rank` is None for a small one; `moved` in tenths since last month."""

    unit_id: int
    name: str
    figures: Figures
    rank: int | None
    moved: int | None


def _by_unit(unit_ids: Collection[int], month: Month, on: date) -> list[tuple[int, str, Figures]]:
    values: dict[str, Any] = {"units": list(unit_ids), "month": month.first_day, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "by_unit"), values)
        return [(row[0], row[1], Figures(*row[2:])) for row in cursor.fetchall()]


def of_unit(*, unit_id: int, month: Month, on: date) -> Figures:
    """The figures of one unit."""
    found = _by_unit([unit_id], month, on)
    return found[0][2] if found else Figures()


def ranking(*, unit_ids: Collection[int], month: Month, on: date) -> list[Row]:
    """Units by percent of all, equal ones with one rank; those with few people after them, unranked."""
    before = {unit: figures for unit, _name, figures in _by_unit(unit_ids, month.previous, on)}
    found = _by_unit(unit_ids, month, on)
    shares = [figures.of_all or 0 for _unit, _name, figures in found if not figures.is_small]
    rows = [
        Row(
            unit, name, figures,
            None if figures.is_small else 1 + sum(share > (figures.of_all or 0) for share in shares),
            _moved(figures, before.get(unit)),
        )
        for unit, name, figures in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.name))


def _moved(now: Figures, before: Figures | None) -> int | None:
    if before is None or now.of_all is None or before.of_all is None:
        return None
    return now.of_all - before.of_all


def trend(*, unit_id: int, last: Month, on: date) -> list[tuple[Month, Figures]]:
    """The months up to `last` that were counted, 24 at most; communes merged since count with their heir."""
    values: dict[str, Any] = {
        "unit": unit_id, "on": on, "first": (last - TREND_MONTHS).first_day, "last": last.first_day,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "by_month"), values)
        return [(Month.of(row[0]), Figures(*row[1:])) for row in cursor.fetchall()]


def chart(*, months: Sequence[tuple[Month, Figures]]) -> dict[str, object]:
    """A trend as the page's chart reads it; shares in tenths of a percent."""
    return {
        "months": [str(month) for month, _figures in months],
        "all": [found.of_all for _month, found in months],
        "eligible": [found.of_eligible for _month, found in months],
        "target": TARGET_PERCENT * 10,
    }


def refreshed(*, month: Month) -> Refresh | None:
    """The last counting of a month: the stamp on every figure."""
    return Refresh.objects.filter(month=month.first_day).order_by("-at", "-pk").first()


def last_month() -> Month | None:
    """The latest month that was counted."""
    found = Refresh.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(found) if found else None


def people_in(*, group: str, month: Month, unit_id: int, on: date) -> QuerySet[Person]:
    """The people behind a figure, in scope: of a group (empty: everybody) of a unit in a month."""
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.person_id FROM payees_grouped g"
            " JOIN places_answers_for(ARRAY[%(unit)s]::bigint[], %(on)s) AS c ON c.unit_id = g.commune_id"
            " WHERE %(group)s = '' OR g.grp = %(group)s",
            {"unit": unit_id, "on": on, "group": group},
        )
        ids = [row[0] for row in cursor.fetchall()]
    return Person.objects.filter(pk__in=ids).select_related("commune").order_by("sort_key", "pk")


def publishable(*, rows: Sequence[Row], total: str) -> list[tuple[str, str, str, str]]:
    """(unit, people, by account, percent) for open data with the total under them; "…" stands for what
    is not said, small counts and what would give them away (`rules.suppression`)."""
    found, whole = said(rows=[(row.figures.people, row.figures.a) for row in rows])
    named = [*zip((row.name for row in rows), found, strict=True), (total, whole)]
    return [(name, *_public(each)) for name, each in named]


def _public(each: Said) -> tuple[str, str, str]:
    people = UNSAID if each.people is None else str(each.people)
    if each.people is None or each.part is None:
        return people, UNSAID, ""
    tenths = each.part * 1000 // each.people if each.people else 0
    return people, str(each.part), f"{tenths // 10}.{tenths % 10}"
