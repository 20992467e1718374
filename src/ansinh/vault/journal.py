# SPDX-License-Identifier: MPL-2.0
"""Notes beside the database that outlive a restored backup of it: written once, kept for good.

A note is a small file, named by what it is about; it is on the disk before `write` returns.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings


class NoteDiffersError(Exception):
    """A note of this name says something else."""


def _folder(room: str) -> Path:
    return Path(settings.FILE_STORE_FOLDER) / "journal" / room


def write(*, room: str, name: str, said: Mapping[str, object]) -> None:
    """Keep a note; the same note again changes nothing. Raises `NoteDiffersError`."""
    folder = _folder(room)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(said, sort_keys=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, folder / name)  # fails when it is there: written once
    except FileExistsError:
        if (folder / name).read_text() != text:
            raise NoteDiffersError(name) from None
    finally:
        Path(draft).unlink()
    _sync(folder)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def names(*, room: str) -> list[str]:
    """The names of all notes of a room, in order."""
    folder = _folder(room)
    if not folder.exists():
        return []
    return sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))


def read(*, room: str, name: str) -> dict[str, object]:
    """What a note says."""
    found: dict[str, object] = json.loads((_folder(room) / name).read_text())
    return found
