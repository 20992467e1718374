# SPDX-License-Identifier: MPL-2.0
"""The same kind of change proposed for many people in one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import Entry, record_many
from ansinh.registry.records import CHANGE
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import seal_many


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed for one person: the fields of a change of kind `person`, and how it is shown."""

    person_id: int
    content: Mapping[str, Any]
    label: str
    reason: str


def propose_many(
    *, proposals: Sequence[Proposed], source: str, by: Officer | None, at: datetime
) -> dict[int, int]:
    """Propose changes of people's own data; person id -> change id. A person with such a change
    waiting keeps that one and is not in the answer."""
    if not proposals:
        return {}
    texts = [json.dumps(dict(each.content), ensure_ascii=False) for each in proposals]
    columns: dict[str, Any] = {
        "source": source, "at": at, "by": by.pk if by else None,
        "people": [each.person_id for each in proposals],
        "labels": [each.label[:200] for each in proposals],
        "reasons": [each.reason[:300] for each in proposals],
        "contents": seal_many(column=CHANGE, texts=texts),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_proposals"), columns)
        made = cursor.fetchall()
        record_many(
            by=by.pk if by else None, at=at,
            entries=[
                Entry("registry.propose_change", "person", person, commune,
                      {"change": change, "kind": "person", "source": source})
                for change, person, commune in made
            ],
        )  # fmt: skip
    return {int(person): int(change) for change, person, _commune in made}
