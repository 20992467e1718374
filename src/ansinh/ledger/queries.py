# SPDX-License-Identifier: MPL-2.0
"""Balances, conservation, a person's money. Sums are queries, never counters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from ansinh.ledger.models import Closing
from ansinh.rules.months import Month


def _rows(sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def conservation(
    *, source: str | None = None, commune_ids: Iterable[int] | None = None, period: date | None = None
) -> list[dict[str, Any]]:
    """One row a source, commune and period: approved and where it is, in đồng."""
    return _rows(
        "SELECT * FROM ledger_conservation WHERE (%(source)s::text IS NULL OR source = %(source)s)"
        " AND (%(communes)s::bigint[] IS NULL OR commune_id = ANY (%(communes)s))"
        " AND (%(period)s::date IS NULL OR period = %(period)s) ORDER BY period DESC, source, commune_id",
        {
            "source": source,
            "communes": None if commune_ids is None else list(commune_ids),
            "period": period,
        },
    )


def person_money(*, person_id: int) -> list[dict[str, Any]]:
    """What one person was due, got, what came back and what is to be recovered, a period a row."""
    return _rows(
        "SELECT * FROM ledger_person WHERE person_id = %(person)s ORDER BY period DESC, source",
        {"person": person_id},
    )


def open_month(*, source: str | None, commune_ids: Iterable[int], wanted: Month) -> Month:
    """The month to book in: `wanted`, or the first after the last closed one when that is later
    (`source` None: of any source)."""
    found = Closing.objects.filter(commune_id__in=list(commune_ids))
    if source is not None:
        found = found.filter(source=source)
    closed = found.aggregate(at=Max("month"))["at"]
    return max(wanted, Month.of(closed).next) if closed else wanted
