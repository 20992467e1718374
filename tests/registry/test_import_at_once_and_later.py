# SPDX-License-Identifier: MPL-2.0
"""Two lists at once, and lists that the worker reads and imports after the page has answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from ansinh.audit.models import Event
from ansinh.config import worker
from ansinh.registry import jobs
from ansinh.registry.actions import confirm_later, take_in_list
from ansinh.registry.actions.confirm import Control, WarningsOpen
from ansinh.registry.actions.receive import Busy
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.models import ImportFile, ImportProgress, Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import make_cast, units
from tests.hostile.files import MONTH, person, table, xlsx
from tests.registry.lists import AT, received, sister

PEOPLE = table([person(1), person(2), person(3)])


@pytest.fixture
def clerk(committed_database: str) -> Iterator[Officer]:
    """The preparer, on a database of their own with real commits."""
    yield make_cast()["lap-danh-sach"]
    connection.close()


def taken_in(folder: Path, content: bytes, clerk: Officer) -> int:
    path = folder / "sent"
    path.write_bytes(content)
    return take_in_list(
        path=path, name="lon.xlsx", unit=units()[0], form="awards", month=MONTH, by=clerk, at=AT
    ).pk


def now(import_id: int) -> ImportFile:
    with transaction.atomic():
        open_to_all()
        return ImportFile.objects.get(pk=import_id)


def people() -> int:
    with transaction.atomic():
        open_to_all()
        return Person.objects.count()


def asked(import_id: int, clerk: Officer, *, count: int | None = None, replace: bool = False) -> None:
    with transaction.atomic():
        open_to_all()
        confirm_later(
            import_id=import_id, decisions={}, control=Control(count), replace=replace, by=clerk, at=AT
        )


def test_a_large_list_is_read_and_imported_by_the_worker(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    assert (now(import_id).state, now(import_id).rows) == ("received", 0)
    worker.run(until_idle=True)
    checked = now(import_id)
    assert (checked.state, checked.accepted, checked.changes["new"]) == ("checked", 3, 3)
    asked(import_id, clerk, count=3)
    assert (now(import_id).state, people()) == ("confirming", 0)
    worker.run(until_idle=True)
    done = now(import_id)
    assert (done.state, done.decided_by_id, people()) == ("confirmed", clerk.pk, 3)
    with transaction.atomic():
        open_to_all()
        note = ImportProgress.objects.get(pk=import_id)
    assert note.total == 3


def test_a_list_that_cannot_be_read_says_why_on_its_page(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx([["không có tiêu đề"], ["gì cả"]]), clerk)
    worker.run(until_idle=True)
    refused = now(import_id)
    assert (refused.state, refused.told[0]) == ("refused", "HEADER_NOT_FOUND")
    assert Event.objects.filter(act="registry.refuse_file").exists()


def test_hostile_bytes_are_refused_before_they_are_kept(clerk: Officer, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        taken_in(tmp_path, b"MZ" + bytes(400_000), clerk)
    assert not ProcrastinateJob.objects.exists()


def test_a_confirmation_that_is_refused_gives_the_list_back(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    worker.run(until_idle=True)
    asked(import_id, clerk, count=4)
    worker.run(until_idle=True)
    back = now(import_id)
    assert (back.state, back.told[0], people()) == ("checked", "CONTROL_COUNT_DIFFERS", 0)
    asked(import_id, clerk, count=3)
    worker.run(until_idle=True)
    assert (now(import_id).state, now(import_id).told, people()) == ("confirmed", [], 3)


def test_what_can_be_refused_at_once_waits_for_no_worker(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(table([person(1, born="01/01/1976")])), clerk)
    worker.run(until_idle=True)
    with pytest.raises(WarningsOpen):
        asked(import_id, clerk)
    assert now(import_id).state == "checked"


def test_a_fault_of_ours_is_told_and_leaves_nothing(
    clerk: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    worker.run(until_idle=True)
    asked(import_id, clerk)
    monkeypatch.setattr("ansinh.registry.actions.confirm._link_rows", lambda *_a: 1 / 0)
    worker.run(until_idle=True)
    assert (now(import_id).state, now(import_id).told[0], people()) == ("checked", "IMPORT_WORK_FAILED", 0)


def test_a_job_that_runs_twice_does_its_work_once(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    worker.run(until_idle=True)
    jobs.check_list(import_id=import_id)
    asked(import_id, clerk)
    worker.run(until_idle=True)
    jobs.confirm_list(import_id=import_id)
    assert (now(import_id).state, people()) == ("confirmed", 3)


def test_progress_is_seen_while_the_work_is_not(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    file = now(import_id)
    with transaction.atomic():
        open_to_all()
        Person.objects.count()
        with jobs.ProgressNote(file, 10) as note:
            note.advance(4)
            note.expect(12)
        seen: list[tuple[int, int]] = []

        def look() -> None:
            with transaction.atomic():
                open_to_all()
                each = ImportProgress.objects.get(pk=import_id)
                seen.append((each.done, each.total))
            connection.close()

        other = threading.Thread(target=look)
        other.start()
        other.join(30)
    assert seen == [(4, 12)]


def test_r27_two_uploads_at_once_for_one_commune_do_not_mix(clerk: Officer, tmp_path: Path) -> None:
    outcomes: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        try:
            with transaction.atomic():
                received(tmp_path / "a", PEOPLE)
                inside.set()
                go_on.wait(30)
            outcomes.append("first")
        finally:
            connection.close()

    def second() -> None:
        try:
            inside.wait(30)
            with pytest.raises(Busy):
                received(tmp_path / "b", PEOPLE)
            other = received(tmp_path / "b", table([person(7)]), unit=sister())
            outcomes.append(f"other commune {other.accepted}")
        finally:
            go_on.set()
            connection.close()

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    threads = [threading.Thread(target=act) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["first", "other commune 1"]
