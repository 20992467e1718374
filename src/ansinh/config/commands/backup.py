# SPDX-License-Identifier: MPL-2.0
"""`ansinh backup …`: make, check, restore."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ansinh.config import backup as backups
from ansinh.config import database, setup
from ansinh.ui.console import emit

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Backups of the database and the files: make one, check one, restore one.

    The keys (ANSINH_KEYS) are never in a backup; keep a copy of them somewhere else.
    """


@backup.command()
@click.argument("folder", type=FOLDER)
@click.option("--keep", type=click.IntRange(min=1), help="Afterwards remove all but the newest N.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def make(*, folder: Path, keep: int | None, as_json: bool) -> None:
    """Back up into FOLDER, while people work on. Run it every night (a timer)."""
    setup.ready()
    place, manifest = backups.make(folder, at=datetime.now(UTC))
    removed = backups.drop_old(folder, keep=keep) if keep else []
    emit(
        {"place": str(place), "removed": removed, **asdict(manifest)},
        f"Đã sao lưu / backed up: {place} ({manifest.database_bytes + manifest.files_bytes:,} byte)",
        as_json=as_json,
    )


@backup.command()
@click.argument("place", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(*, place: Path, as_json: bool) -> None:
    """Check that PLACE is whole and opens with the keys at hand. Restores nothing."""
    manifest = backups.check(place)
    emit(asdict(manifest), f"Nguyên vẹn / whole: {place}, {manifest.made_at}", as_json=as_json)


@backup.command()
@click.argument("place", type=FOLDER)
@click.option("--replace", is_flag=True, help="Also when the database holds records; it is kept aside.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def restore(*, place: Path, replace: bool, as_json: bool) -> None:
    """Restore PLACE in the stead of the database in use. Stop `serve` and `worker` before.

    The backup is loaded beside, brought to this version's schema and its audit log verified before
    the names change. Afterwards sending stays frozen until the banks' statements have been read.
    """
    database.ensure_server()
    manifest, kept = backups.restore(place, at=datetime.now(UTC), replace=replace)
    aside = f" Cơ sở dữ liệu cũ còn ở / the old one is kept as {kept}." if kept else ""
    emit(
        {"kept": kept, **asdict(manifest)},
        f"Đã phục hồi bản ngày / restored the backup of {manifest.made_at}.{aside}",
        as_json=as_json,
    )
