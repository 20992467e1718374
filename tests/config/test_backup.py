# SPDX-License-Identifier: MPL-2.0
"""A backup comes back as it was, or not at all; the database in use is never lost to a restore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction
from pytest_django.fixtures import Settings

from ansinh.audit.actions import record
from ansinh.audit.models import Event
from ansinh.config import backup, database
from ansinh.vault import keys, store

AT = datetime(2024, 3, 31, 17, 0, 5, tzinfo=UTC)
LATER = datetime(2024, 4, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def house(committed_database: str, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A database, keys and a store of their own; databases that a restore kept are dropped at the end."""
    settings.FIELD_KEYS_FOLDER = tmp_path / "keys"
    settings.FIELD_KEYS_FOLDER.mkdir()
    settings.FILE_STORE_FOLDER = tmp_path / "files"
    keys.make()
    yield committed_database
    connections.close_all()
    with database.connect("admin", name=database.maintenance_name(), autocommit=True) as admin:
        beside = admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{committed_database}\\_%"]
        ).fetchall()
    for (name,) in beside:
        database.drop_database(name)


def note(act: str) -> None:
    with transaction.atomic():
        record(by=None, at=AT, act=act, subject="test", subject_id=1, unit_id=None)


def acts() -> set[str]:
    connections.close_all()
    return set(Event.objects.filter(act__startswith="test.").values_list("act", flat=True))


def test_what_was_there_comes_back_and_what_came_later_is_kept_aside(house: str, tmp_path: Path) -> None:
    note("test.before")
    early = store.put(b"a payment file")
    connections.close_all()
    place, made = backup.make(tmp_path / "backups", at=AT)
    note("test.after")
    late = store.put(b"another payment file")
    (tmp_path / "files" / early.hex()[:2] / early.hex()).unlink()  # the disk was lost as well

    manifest, kept = backup.restore(place, at=LATER, replace=True)

    assert manifest == made
    assert acts() == {"test.before"}
    assert store.get(early) == b"a payment file"
    assert store.get(late) == b"another payment file"
    assert kept is not None
    with database.connect("admin", name=kept) as aside:
        found = aside.execute("SELECT act FROM audit_event WHERE act LIKE 'test.%'").fetchall()
    assert {act for (act,) in found} == {"test.before", "test.after"}


def test_records_are_not_replaced_unless_somebody_says_so(house: str, tmp_path: Path) -> None:
    note("test.before")
    connections.close_all()
    place, _made = backup.make(tmp_path / "backups", at=AT)
    note("test.after")
    with pytest.raises(backup.DatabaseInUse):
        backup.restore(place, at=LATER, replace=False)
    assert acts() == {"test.before", "test.after"}


@pytest.mark.parametrize("file", [backup.DUMP, backup.FILES])
def test_one_changed_byte_is_found_and_nothing_is_touched(house: str, tmp_path: Path, file: str) -> None:
    store.put(b"a payment file")
    place, _made = backup.make(tmp_path / "backups", at=AT)
    content = bytearray((place / file).read_bytes())
    content[len(content) // 2] ^= 1
    (place / file).write_bytes(content)
    note("test.after")
    with pytest.raises(backup.BackupDamaged, match=file):
        backup.restore(place, at=LATER, replace=True)
    assert acts() == {"test.after"}


def test_a_backup_tells_nothing_without_the_keys(house: str, settings: Settings, tmp_path: Path) -> None:
    place, _made = backup.make(tmp_path / "backups", at=AT)
    assert b"PGDMP" not in (place / backup.DUMP).read_bytes()
    settings.FIELD_KEYS_FOLDER = tmp_path / "other-keys"
    settings.FIELD_KEYS_FOLDER.mkdir()
    keys.make()
    with pytest.raises(backup.BackupDamaged):
        backup.check(place)


def test_a_backup_that_stops_half_way_leaves_no_folder(
    house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_program", lambda _name: "/bin/false")
    with pytest.raises(backup.DumpFailed):
        backup.make(tmp_path / "backups", at=AT)
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_newest_are_kept(tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        (tmp_path / f"ansinh-202403{day}T170000Z").mkdir()
        (tmp_path / f"ansinh-202403{day}T170000Z" / backup.MANIFEST).write_text("{}")
    assert backup.drop_old(tmp_path, keep=2) == ["ansinh-20240301T170000Z"]
    assert len(list(tmp_path.iterdir())) == 2
