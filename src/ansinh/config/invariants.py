# SPDX-License-Identifier: MPL-2.0
"""What must always be true of the data: one SQL file each, named by the invariant, no row when true.

A stage puts its own into `PACKAGE/sql/invariants/NAME.sql` with a second line `-- NAME: what holds.`
What only Python can tell (bytes of files) is in `IN_PYTHON`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.utils.module_loading import import_string

from ansinh.staff.scope import open_to_all

PACKAGE = Path(__file__).resolve().parent.parent
SHOWN = 20  # rows that a person is shown of a broken invariant; the count says how many there are


# name -> (stage, what holds, the function that finds the rows that break it)
IN_PYTHON: dict[str, tuple[str, str, str]] = {
    "F6": (
        "disbursement", "a file that has not left yet is generated again to the very bytes that were kept.",
        "ansinh.disbursement.regenerated.differing_files",
    ),
}  # fmt: skip


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
        found = [_check(each) for each in invariants()]
        for name, (stage, says, look) in IN_PYTHON.items():
            rows = import_string(look)()
            found.append(Outcome(name, stage, says, len(rows), rows[:SHOWN]))
    return sorted(found, key=lambda each: _order(each.name))


def _check(one: Invariant) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(one.sql)
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    shown = [dict(zip(names, map(str, row), strict=True)) for row in rows[:SHOWN]]
    return Outcome(one.name, one.stage, one.says, len(rows), shown)
