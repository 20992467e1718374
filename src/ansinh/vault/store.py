# SPDX-License-Identifier: MPL-2.0
"""Files kept whole, sealed, under the name of their own hash: written once, never changed.

What officers send holds citizen numbers, so the bytes are sealed like a column (AES-256-GCM under
the encryption key). A file whose bytes no longer give its name is refused when it is opened.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from ansinh.vault import sealing

COLUMN = "store.file"


class FileChangedError(Exception):
    """A stored file does not have the hash that is its name."""


class FileMissingError(Exception):
    """A stored file is not where it was put."""


def _place(sha256: bytes) -> Path:
    name = sha256.hex()
    return Path(settings.FILE_STORE_FOLDER) / name[:2] / name


def put(content: bytes) -> bytes:
    """Keep a file; returns its SHA-256. The same bytes are kept once."""
    sha256 = hashlib.sha256(content).digest()
    place = _place(sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = sealing.seal_bytes(column=COLUMN, content=content)
    handle, temporary = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(place)
    return sha256


def get(sha256: bytes) -> bytes:
    """The bytes again. Raises `FileMissingError` or `FileChangedError`."""
    place = _place(bytes(sha256))
    if not place.exists():
        raise FileMissingError(bytes(sha256).hex())
    content = sealing.open_bytes(column=COLUMN, sealed=place.read_bytes())
    if hashlib.sha256(content).digest() != bytes(sha256):
        raise FileChangedError(bytes(sha256).hex())
    return content
