# SPDX-License-Identifier: MPL-2.0
"""Recording events: part of the transaction that makes the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from ansinh.audit.models import Event


class OutsideTransactionError(Exception):
    """An event was recorded outside a transaction: it could outlive the change, or the reverse."""


class Entry(NamedTuple):
    """One event to record, for `record_many`."""

    act: str
    subject: str
    subject_id: str | int
    unit_id: int | None = None
    details: Mapping[str, object] = {}


def record(
    *,
    by: int | None,
    at: datetime,
    act: str,
    subject: str,
    subject_id: str | int,
    unit_id: int | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """Record one event in the caller's transaction; returns its id.

    Raises `OutsideTransactionError` outside a transaction.
    """
    entry = Entry(act, subject, subject_id, unit_id, details or {})
    return record_many(by=by, at=at, entries=[entry])[0]


def record_many(*, by: int | None, at: datetime, entries: Iterable[Entry]) -> list[int]:
    """Record several events of one act in the caller's transaction; returns their ids."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("record() belongs into the transaction of the change")
    events = Event.objects.bulk_create(
        Event(
            at=at,
            by=by,
            act=entry.act,
            subject=entry.subject,
            subject_id=str(entry.subject_id),
            unit_id=entry.unit_id,
            details=dict(entry.details),
        )
        for entry in entries
    )
    return [event.pk for event in events]
