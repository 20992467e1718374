# SPDX-License-Identifier: MPL-2.0
"""Looking people up leaves a trace: a limit on searches, and exports with their reason."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

MOST_SEARCHES = 300  # an hour and officer: five a minute, all day
LONGEST_EXPORT = 50_000


class SearchQuota(Refusal):
    """Too many searches within an hour; fields: count."""

    code = "SEARCH_QUOTA"


class ExportNeedsReason(Refusal):
    """An export without saying why."""

    code = "EXPORT_NEEDS_REASON"


class ExportTooLong(Refusal):
    """More people than a file may hold; fields: count, limit."""

    code = "EXPORT_TOO_LONG"


def count_search(*, by: Officer, at: datetime) -> None:
    """Count one search of an officer. Raises `SearchQuota` above `MOST_SEARCHES` an hour; the first
    one above it is recorded as an alarm."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("registry", "count_search"), {"officer": by.pk, "hour": hour})
        many = int(cursor.fetchone()[0])
        if many == MOST_SEARCHES + 1:
            record(by=by.pk, at=at, act="registry.search_over_quota", subject="officer", subject_id=by.pk,
                   details={"hour": hour.isoformat(), "searches": many})  # fmt: skip
    if many > MOST_SEARCHES:
        raise SearchQuota(count=many - 1)


def record_export(*, count: int, query: str, form: str, reason: str, by: Officer, at: datetime) -> None:
    """Record an export of the list of people before its file leaves. Raises `ExportNeedsReason` or
    `ExportTooLong`."""
    if not reason.strip():
        raise ExportNeedsReason
    if count > LONGEST_EXPORT:
        raise ExportTooLong(count=count, limit=LONGEST_EXPORT)
    with transaction.atomic():
        record(by=by.pk, at=at, act="registry.export", subject="register", subject_id=form,
               details={"people": count, "filters": query[:300], "reason": reason[:300]})  # fmt: skip
