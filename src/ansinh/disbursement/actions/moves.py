# SPDX-License-Identifier: MPL-2.0
"""Moving instructions along their edges: event and posting in one statement, for one or a million."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection

from ansinh.ledger.actions import insert_sql
from ansinh.ledger.queries import open_month
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import Month
from ansinh.rules.payments import edges_sql
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement


class MovedMeanwhile(Refusal):
    """Some instructions were not in a state from which this can happen; fields: asked, moved, event."""

    code = "INSTRUCTIONS_MOVED"


def move(
    *, chosen: str, values: Mapping[str, Any], event: str, cause: str, source: str | None,
    commune_ids: list[int], by: int | None, at: datetime, reason: str = "",
) -> int:  # fmt: skip
    """Apply `event` to every instruction that `chosen` selects (column `instruction_id`); all of
    them or none. In the caller's transaction. Raises `MovedMeanwhile`."""
    picked = statement("disbursement", "all_by_one_event").replace("{chosen}", chosen)
    asked, moved = move_each(
        chosen=picked, values={**values, "event": event, "reason": reason}, cause=cause, source=source,
        commune_ids=commune_ids, by=by, at=at,
    )  # fmt: skip
    if asked != moved:
        raise MovedMeanwhile(asked=asked, moved=moved, event=event)
    return moved


def move_each(
    *, chosen: str, values: Mapping[str, Any], cause: str, source: str | None, commune_ids: list[int],
    by: int | None, at: datetime,
) -> tuple[int, int]:  # fmt: skip
    """Apply to each instruction its own event: `chosen` selects (instruction_id, event, source_line,
    reason). Returns (asked, moved): where an event has no edge from the present state nothing moves.

    Postings are booked in the open month of the communes. Raises `MovedMeanwhile` when another
    transaction took the same step first.
    """
    booked = open_month(source=source, commune_ids=commune_ids, wanted=Month.at(at)).first_day
    edges = edges_sql()
    postings = statement("disbursement", "moved_postings").replace("{edges}", edges)
    sql = statement("disbursement", "move").replace("{chosen}", chosen).replace("{edges}", edges)
    bound = {**values, "cause": cause, "at": at, "by": by, "booked": booked}
    failpoint("move.before")
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql.replace("{post}", insert_sql(postings)), bound)
        except IntegrityError as taken:
            raise MovedMeanwhile(asked="?", moved=0, event=cause) from taken
        asked, moved, _posted = cursor.fetchone()
    failpoint("move.after")
    return int(asked), int(moved)
