# SPDX-License-Identifier: MPL-2.0
"""The sealer: one at a time, as the role ansinh_seal, over a connection of its own.

Event ids are given before their transaction commits, so an event may appear below ids that are
already sealed. The chain's own order (`seq`) is the order of sealing; every committed event without
a seal is sealed next, however low its id, so none is skipped and none can be slipped in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from ansinh.audit.chain import GENESIS, Link, Report, next_hash, verify

BATCH = 10_000
# No transaction lives this long (see idle_in_transaction_session_timeout): below the highest event
# sealed before, nothing unsealed can appear any more, so the look-up need not start at 1.
LONGEST_TRANSACTION = timedelta(days=1)
LOCK = "ansinh.audit.seal"

_UNSEALED = """
SELECT e.id, e.at, e.by, e.act, e.subject, e.subject_id, e.unit_id, e.details
FROM audit_event e
WHERE e.id > coalesce((SELECT max(event_id) FROM audit_seal WHERE sealed_at < %(long_ago)s), 0)
  AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
ORDER BY e.id LIMIT %(batch)s
"""
_LINKS = """
SELECT s.seq, s.hash, e.id, e.at, e.by, e.act, e.subject, e.subject_id, e.unit_id, e.details
FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id ORDER BY s.seq
"""


def _event(row: tuple[Any, ...]) -> dict[str, object]:
    number, at, by, act, subject, subject_id, unit_id, details = row
    if isinstance(details, str):
        details = json.loads(details)
    return {
        "id": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": by,
        "act": act,
        "subject": subject,
        "subject_id": subject_id,
        "unit_id": unit_id,
        "details": details,
    }


def seal(connection: psycopg.Connection, *, at: datetime) -> int:
    """Seal every committed event that has no seal; returns how many. Waits for another sealer."""
    total = 0
    while True:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
            count = _seal_batch(connection, at=at)
        total += count
        if count < BATCH:
            return total


def _seal_batch(connection: psycopg.Connection, *, at: datetime) -> int:
    head = connection.execute("SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (int(head[0]), bytes(head[1])) if head else (0, GENESIS)
    rows = connection.execute(_UNSEALED, {"long_ago": at - LONGEST_TRANSACTION, "batch": BATCH}).fetchall()
    with connection.cursor() as cursor:
        with cursor.copy("COPY audit_seal (seq, event_id, hash, sealed_at) FROM STDIN") as copy:
            for row in rows:
                seq += 1
                previous = next_hash(previous, _event(row))
                copy.write_row((seq, row[0], previous, at))
    return len(rows)


def links(connection: psycopg.Connection) -> Iterator[Link]:
    """Every link of the chain, streamed."""
    with connection.transaction(), connection.cursor(name="audit_links") as cursor:
        cursor.itersize = BATCH
        cursor.execute(_LINKS)
        for seq, mark, *event in cursor:
            found = None if event[0] is None else _event(tuple(event))
            yield Link(seq, bytes(mark), found)


def verify_database(connection: psycopg.Connection, *, anchor: str | None) -> tuple[Report, int]:
    """(report on the chain, number of events that wait for a seal)."""
    report = verify(links(connection), anchor=anchor)
    row = connection.execute(
        "SELECT (SELECT count(*) FROM audit_event) - (SELECT count(*) FROM audit_seal)"
    ).fetchone()
    return report, int(row[0]) if row else 0


def export_line(link: Link) -> str:
    """One line of an export."""
    event: Mapping[str, object] | None = link.event
    return json.dumps({"seq": link.seq, "hash": link.hash.hex(), "event": event}, ensure_ascii=False)
