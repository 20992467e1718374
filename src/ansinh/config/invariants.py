# SPDX-License-Identifier: MPL-2.0
"""What must always be true of the data: one SQL file each, named by the invariant, no row when true.

A stage puts its own into `PACKAGE/sql/invariants/NAME.sql` with a second line `-- NAME: what holds.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from ansinh.staff.scope import open_to_all

PACKAGE = Path(__file__).resolve().parent.parent
SHOWN = 20  # rows that a person is shown of a broken invariant; the count says how many there are


@dataclass(frozen=True, slots=True)
class Invariant:
    """One rule: its name, its stage, what it says in words, and the SELECT of what breaks it."""

    name: str
    stage: str
    says: str
    sql: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking one found: how many rows break it, and the first of them."""

    name: str
    stage: str
    says: str
    broken: int
    rows: list[dict[str, str]]


def invariants() -> list[Invariant]:
    """Every invariant of every stage, M1 before M10."""
    found = []
    for path in PACKAGE.glob("*/sql/invariants/*.sql"):
        sql = path.read_text(encoding="utf-8")
        says = sql.splitlines()[1].removeprefix(f"-- {path.stem}: ")
        found.append(Invariant(path.stem, path.parents[2].name, says, sql))
    return sorted(found, key=lambda each: _order(each.name))


def _order(name: str) -> tuple[str, int, str]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d*).*", name).groups()  # type: ignore[union-attr]
    return letters, int(digits or 0), name


def check_all() -> list[Outcome]:
    """Check every invariant over all rows, in one look at the data (one snapshot)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        open_to_all()
        return [_check(each) for each in invariants()]


def _check(one: Invariant) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(one.sql)
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    shown = [dict(zip(names, map(str, row), strict=True)) for row in rows[:SHOWN]]
    return Outcome(one.name, one.stage, one.says, len(rows), shown)
