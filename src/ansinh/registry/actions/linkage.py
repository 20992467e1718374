# SPDX-License-Identifier: MPL-2.0
"""A region's records linked by probability: what it finds goes before the same reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.registry.linkage import Link, Row, links, probability
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.statements import statement

REASON = "linkage"
LIKELY = 990  # of a thousand; below it a link is only possible

Linker = Callable[[Iterable[Row]], Sequence[Link]]


def link_records(
    *, commune_ids: Sequence[int], by: Officer | None, at: datetime, linker: Linker = links
) -> dict[str, int]:
    """Compare the living records of some communes by probability and queue the pairs that no comparison
    had found; returns how many people and pairs. Raises `LinkageMissing`."""
    with transaction.atomic():
        people = Person.objects.filter(merged_into__isnull=True, commune_id__in=commune_ids)
        rows = [
            Row(pk, name, born_on, precision, sex, commune, hamlet, bytes(phone).hex() if phone else None)
            for pk, name, born_on, precision, sex, commune, hamlet, phone in people.order_by(
                "pk"
            ).values_list(
                "pk", "name_folded", "born_on", "born_precision", "sex", "commune_id", "hamlet", "phone_bidx"
            )
        ]
        found = linker(rows) if len(rows) > 1 else []
        communes = {row.id: row.commune for row in rows}
        counts = {"people": len(rows), "linked": len(found), "kept": _keep(found, communes, at)}
        record(by=by.pk if by else None, at=at, act="registry.link_records", subject="register",
               subject_id="region", details={"communes": len(commune_ids), **counts})  # fmt: skip
    return counts


def _keep(found: Sequence[Link], communes: dict[int, int], at: datetime) -> int:
    likely = [probability(each.weight) >= LIKELY for each in found]
    columns: dict[str, Any] = {
        "firsts": [each.first for each in found], "seconds": [each.second for each in found],
        "communes": [communes[each.first] for each in found],
        "likenesses": ["likely" if each else "possible" for each in likely],
        "weights": [each.weight for each in found], "reasons": [REASON] * len(found), "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_pairs"), columns)
        return int(cursor.rowcount)
