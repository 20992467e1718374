# SPDX-License-Identifier: MPL-2.0
"""Where An Sinh keeps its data on this machine: one folder, `ANSINH_HOME`.

keys/       database passwords, field keys, the signing key (0700, files 0600)
postgres/   the embedded server's data, socket, log and pid file
files/      write-once files (payment files, official lists)
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from pathlib import Path


def home() -> Path:
    """The data folder: `ANSINH_HOME`, else the user's data directory (`/var/lib` for root)."""
    named = os.environ.get("ANSINH_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/ansinh")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "ansinh"


def folder(name: str, *, mode: int = 0o700) -> Path:
    """The subfolder `name` of the data folder, made with `mode` when missing."""
    path = home() / name
    if not path.exists():
        home().mkdir(parents=True, exist_ok=True, mode=0o711)
        path.mkdir(exist_ok=True, mode=mode)
    return path


def keys_folder() -> Path:
    """Where the keys lie: `ANSINH_KEYS` (in production a mounted secret), else the data folder."""
    named = os.environ.get("ANSINH_KEYS")
    return Path(named).absolute() if named else folder("keys")


def write_private(path: Path, text: str) -> None:
    """Write a secret file so that a crash leaves the old one or the new one, never half of it."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def secret(name: str) -> str:
    """The secret called `name`; made on first use. Two first uses at once agree on one value."""
    path = keys_folder() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # fails when another process was first: then theirs is the value
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text().strip()


def read_json(path: Path) -> dict[str, object] | None:
    """The JSON object in `path`, or None when it is missing or was cut short."""
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None
