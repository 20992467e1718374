# SPDX-License-Identifier: MPL-2.0
"""What must be true before a month is closed, one check a line, the same on the page and in the act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ansinh.disbursement.queries import advances, rows
from ansinh.ledger.queries import conservation
from ansinh.reconciliation.models import Case, ResultFile
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.statements import statement


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what is left (empty when it holds), and whether the month stays open for it."""

    code: str
    left: tuple[str, ...]
    blocks: bool = True

    @property
    def holds(self) -> bool:
        """Nothing is left."""
        return not self.left


def checks(*, source: str, commune_id: int, month: Month) -> list[Check]:
    """Every check of a commune's month and source, in the order in which they are settled."""
    values = {"source": source, "commune": commune_id, "month": month.first_day}
    return [
        Check("placed", tuple(_placed(values))),
        Check("cases", tuple(_cases(source, commune_id))),
        Check("suspense", tuple(_suspense(source, commune_id))),
        Check("files", tuple(_files(source, commune_id))),
        Check("evidence", tuple(_evidence(values))),
        Check("days", tuple(_days(commune_id))),
        Check("advance", tuple(_advance(source, commune_id, month)), blocks=False),
    ]


def _placed(values: dict[str, object]) -> Iterator[str]:
    for each in rows(sql=statement("reconciliation", "not_placed"), values=values):
        yield f"{each['state']}: {each['count']}"


def _cases(source: str, commune_id: int) -> Iterator[str]:
    count = Case.objects.filter(commune_id=commune_id, stream=source).exclude(state="settled").count()
    if count:
        yield f"case: {count}"


def _suspense(source: str, commune_id: int) -> Iterator[str]:
    hanging = [
        row for row in conservation(source=source, commune_ids=[commune_id]) if int(row["suspense"]) != 0
    ]
    for row in hanging:
        yield f"{row['period']:%m/%Y}: {format_vnd(abs(int(row['suspense'])))}"


def _files(source: str, commune_id: int) -> Iterator[str]:
    found = ResultFile.objects.filter(unit_id=commune_id, stream=source, state__in=["received", "held"])
    for each in found.order_by("pk"):
        yield each.name


def _evidence(values: dict[str, object]) -> Iterator[str]:
    """What the ledger calls paid is what payers, receipts and decided cases say was paid, to the đồng."""
    for each in rows(sql=statement("reconciliation", "evidence"), values=values):
        if each["ledger_vnd"] != each["told_vnd"]:
            yield f"{each['account']}: {format_vnd(each['ledger_vnd'])} / {format_vnd(each['told_vnd'])}"


def _days(commune_id: int) -> Iterator[str]:
    """Each day of a paying account opens with what the day before closed with."""
    for each in rows(sql=statement("reconciliation", "day_breaks"), values={"unit": commune_id}):
        yield f"…{each['account'][-4:]} {each['day']:%d/%m/%Y}"


def _advance(source: str, commune_id: int, month: Month) -> Iterator[str]:
    for row in advances(unit_ids=[commune_id]):
        if row["source"] == source and row["period"] <= month.first_day and row["owed"]:
            yield f"{row['period']:%m/%Y}: {format_vnd(row['owed'])}"
