# SPDX-License-Identifier: MPL-2.0
"""The key ring: encryption keys and index keys in one file outside the database.

    {"encryption": {"current": "e1", "keys": {"e1": "<base64, 32 bytes>"}},
     "index": {"current": "i1", "keys": {"i1": "<base64, 32 bytes>"}}}

In production the folder is a mounted secret (`ANSINH_KEYS`). Losing the file loses the numbers.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings

FILE = "field-keys.json"
Purpose = Literal["encryption", "index"]


class KeysMissingError(Exception):
    """There is no key ring; the message says how to make one."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id; `current` is the one new values are written with."""

    current: str
    keys: dict[str, bytes]

    @property
    def key(self) -> bytes:
        """The current key."""
        return self.keys[self.current]


def path() -> Path:
    """Where the key ring lies."""
    return Path(settings.FIELD_KEYS_FOLDER) / FILE


def ring(purpose: Purpose) -> KeyRing:
    """The key ring for a purpose. A trial installation makes it on first use; production refuses
    with `KeysMissingError`, because a new key would not open the numbers that exist."""
    file = path()
    if not file.exists():
        if settings.MODE == "production":
            raise KeysMissingError(f"{file} is missing: run `ansinh keys make` once, or restore it")
        make()
    return _read(str(file), file.stat().st_mtime_ns)[purpose]


@lru_cache(maxsize=4)
def _read(file: str, _changed: int) -> dict[str, KeyRing]:
    found = json.loads(Path(file).read_text(encoding="utf-8"))
    return {
        purpose: KeyRing(
            entry["current"], {name: base64.b64decode(key) for name, key in entry["keys"].items()}
        )
        for purpose, entry in found.items()
    }


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def make() -> bool:
    """Make the key ring if there is none; True when it was made now."""
    with _locked():
        if path().exists():
            return False
        fresh = {
            "encryption": {"current": "e1", "keys": {"e1": _new_key()}},
            "index": {"current": "i1", "keys": {"i1": _new_key()}},
        }
        _write(fresh)
        return True


def add(purpose: Purpose) -> str:
    """Add a key, make it current and return its id. Old keys stay until nothing needs them."""
    with _locked():
        found = json.loads(path().read_text(encoding="utf-8"))
        name = f"{purpose[0]}{len(found[purpose]['keys']) + 1}"
        found[purpose]["keys"][name] = _new_key()
        found[purpose]["current"] = name
        _write(found)
        return name


class _locked:  # noqa: N801 - reads as a statement
    """One writer of the key ring at a time."""

    def __enter__(self) -> None:
        path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file = (path().parent / ".field-keys.lock").open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_error: object) -> None:
        self.file.close()


def _write(content: Mapping[str, object]) -> None:
    """Replace the file whole: a crash leaves the old ring or the new one."""
    handle, draft = tempfile.mkstemp(dir=path().parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path())
