# SPDX-License-Identifier: MPL-2.0
"""Events are part of the change, append-only by grant, sealed without a fork, verified off-line."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, connections, transaction

from ansinh.audit import chain, sealing
from ansinh.audit.actions import Entry, OutsideTransactionError, record, record_many
from ansinh.audit.models import Event
from ansinh.config import database

AT = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)


def write(count: int, *, details: str = "Nguyễn Thị Hoà") -> None:
    entries = [Entry("test.act", "thing", n, 1, {"name": details, "n": n}) for n in range(count)]
    with transaction.atomic():
        record_many(by=7, at=AT, entries=entries)


def seal() -> int:
    with database.connect("seal") as connection:
        return sealing.seal(connection, at=AT)


def verify(anchor: str | None = None) -> chain.Report:
    with database.connect("seal") as connection:
        return sealing.verify_database(connection, anchor=anchor)[0]


def tamper(statement: str) -> None:
    with database.connect("admin") as superuser:
        superuser.execute(statement)  # type: ignore[arg-type]


def test_an_event_outside_a_transaction_is_refused(committed_database: str) -> None:
    with pytest.raises(OutsideTransactionError):
        record(by=1, at=AT, act="a", subject="s", subject_id=1)


def test_a_change_that_fails_leaves_no_event(committed_database: str) -> None:
    before = Event.objects.count()

    def change() -> None:
        with transaction.atomic():
            record(by=1, at=AT, act="a", subject="s", subject_id=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert Event.objects.count() == before


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET by = 1", "DELETE FROM audit_event",
                                       "DELETE FROM audit_seal", "TRUNCATE audit_event",
                                       "INSERT INTO audit_seal VALUES (1, 1, '', now())"])  # fmt: skip
def test_the_application_cannot_rewrite_the_log(db: None, statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(statement)


def test_the_sealer_cannot_rewrite_events_either(committed_database: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.connect("seal") as connection:
        connection.execute("UPDATE audit_event SET by = 1")


def test_sealed_events_verify_and_nothing_is_sealed_twice(committed_database: str) -> None:
    write(250)
    first = seal()
    assert first >= 250
    assert seal() == 0
    report = verify()
    assert report.ok
    assert report.sealed == first


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE audit_event SET by = 8 WHERE id = (SELECT max(id) - 5 FROM audit_event)", "changed"),
        ("UPDATE audit_event SET details = '{}' WHERE id = (SELECT max(id) - 5 FROM audit_event)", "changed"),
        ("UPDATE audit_event SET at = at + interval '1 s' WHERE id = (SELECT min(id) FROM audit_event)",
         "changed"),
        ("ALTER TABLE audit_seal DISABLE TRIGGER ALL; SET session_replication_role = replica;"
         " DELETE FROM audit_event WHERE id = (SELECT max(id) - 5 FROM audit_event)", "deleted"),
        ("DELETE FROM audit_seal WHERE seq = 3", "missing"),
        ("UPDATE audit_seal SET hash = sha256('x') WHERE seq = 3", "changed"),
    ],
)  # fmt: skip
def test_tampering_is_found(committed_database: str, statement: str, problem: str) -> None:
    write(20)
    seal()
    assert verify().ok
    tamper(statement)
    assert problem in verify().problem


def test_a_truncated_tail_is_found_against_the_outside_anchor(committed_database: str) -> None:
    write(20)
    seal()
    anchor = verify().head
    tamper("DELETE FROM audit_seal WHERE seq > 15")
    tamper("DELETE FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)")
    assert verify().ok  # without an anchor a shorter chain is a chain
    assert "tail is gone" in verify(anchor).problem


def test_a_chain_computed_anew_is_found_against_the_anchor(committed_database: str) -> None:
    write(10)
    seal()
    anchor = verify().head
    tamper("UPDATE audit_event SET by = 99")
    tamper("DELETE FROM audit_seal")
    seal()
    assert verify().ok
    assert "differs from the anchor" in verify(anchor).problem


def test_an_event_committed_late_below_sealed_ids_is_sealed_next(committed_database: str) -> None:
    with database.connect("app") as slow:
        slow.execute(
            "INSERT INTO audit_event (at, act, subject, subject_id, details)"
            " VALUES (now(), 'slow', 's', '1', '{}')"
        )
        write(5)
        seal()
        slow.commit()
    assert seal() == 1
    report = verify()
    assert report.ok
    assert report.sealed == Event.objects.count()


def in_threads(count: int, act: Callable[[], object]) -> list[BaseException]:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as problem:  # noqa: BLE001 - handed to the test
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


def test_eight_writers_and_four_sealers_make_one_chain(committed_database: str) -> None:
    start = Event.objects.count()
    stop = threading.Event()

    def write_some() -> None:
        for _ in range(10):
            write(3)

    sealers = [threading.Thread(target=lambda: [seal() for _ in iter(stop.is_set, True)]) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    assert in_threads(8, write_some) == []
    stop.set()
    for sealer in sealers:
        sealer.join(60)
    seal()
    report = verify()
    assert report.ok, report.problem
    assert report.sealed == start + 8 * 10 * 3


def test_an_export_verifies_on_a_machine_without_an_sinh(committed_database: str, tmp_path: Path) -> None:
    write(12)
    seal()
    with database.connect("seal") as connection:
        lines = [sealing.export_line(link) for link in sealing.links(connection)]
    export = tmp_path / "log.jsonl"
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def verified(anchor: str = "") -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-S", chain.__file__, str(export), *([anchor] if anchor else [])]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    head = verify().head
    assert verified(head).returncode == 0
    assert head in verified().stdout
    changed = json.loads(lines[4])
    changed["event"]["by"] = 8
    lines[4] = json.dumps(changed)
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert verified().returncode == 1
    assert "seal 5 was changed" in verified().stdout
