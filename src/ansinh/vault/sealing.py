# SPDX-License-Identifier: MPL-2.0
"""Sealing and opening one value; finding it again by blind index.

AES-256-GCM with a random nonce (NIST SP 800-38D); the column and the key id are bound in as
associated data, so a sealed value moved to another column does not open. The blind index is
HMAC-SHA-256 under another key, separated by column: a plain hash of a citizen number is broken in
a second, because place and year known leave a million candidates.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ansinh.vault import keys

NONCE_BYTES = 12


class CannotOpenError(Exception):
    """A sealed value does not open: another column, a changed byte, or its key is gone."""


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _bound(column: str, key_id: str) -> bytes:
    return f"{column}|{key_id}".encode()


def seal(*, column: str, text: str) -> bytes:
    """`key id ":" nonce ciphertext` of `text` for a column such as `registry_person.number`."""
    return seal_many(column=column, texts=[text])[0]


def seal_many(*, column: str, texts: Iterable[str]) -> list[bytes]:
    """Seal many values of one column; about half a million a second."""
    ring = keys.ring("encryption")
    cipher, bound = _cipher(ring.key), _bound(column, ring.current)
    head = f"{ring.current}:".encode()
    sealed = []
    for text in texts:
        nonce = os.urandom(NONCE_BYTES)
        sealed.append(head + nonce + cipher.encrypt(nonce, text.encode(), bound))
    return sealed


def seal_bytes(*, column: str, content: bytes) -> bytes:
    """The same for bytes: a whole file."""
    ring = keys.ring("encryption")
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(ring.key).encrypt(nonce, content, _bound(column, ring.current))
    return f"{ring.current}:".encode() + nonce + sealed


def open_sealed(*, column: str, sealed: bytes) -> str:
    """The text again. Raises `CannotOpenError`."""
    return open_bytes(column=column, sealed=sealed).decode()


def open_many(*, column: str, sealed: Iterable[bytes | memoryview | None]) -> list[str]:
    """The texts of many sealed values of one column, in order, nothing for nothing. The key file is
    looked at once for the set and not once a value. Raises `CannotOpenError`."""
    held = keys.ring("encryption").keys
    return ["" if value is None else _opened(column, bytes(value), held).decode() for value in sealed]


def open_bytes(*, column: str, sealed: bytes) -> bytes:
    """The bytes again. Raises `CannotOpenError`."""
    return _opened(column, bytes(sealed), keys.ring("encryption").keys)


def _opened(column: str, sealed: bytes, held: Mapping[str, bytes]) -> bytes:
    name, _colon, rest = sealed.partition(b":")
    key_id = name.decode(errors="replace")
    key = held.get(key_id)
    if key is None:
        raise CannotOpenError(f"{column}: no key {key_id!r}")
    try:
        opened = _cipher(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(column, key_id))
    except InvalidTag as changed:
        raise CannotOpenError(f"{column}: the value was changed or moved") from changed
    return opened


def key_id_of(sealed: bytes) -> str:
    """The id of the key that a value is sealed with."""
    return bytes(sealed).partition(b":")[0].decode(errors="replace")


def blind_index(*, column: str, text: str) -> bytes:
    """32 bytes, equal for equal texts of one column and for nothing else."""
    return blind_index_many(column=column, texts=[text])[0]


def blind_index_many(*, column: str, texts: Iterable[str]) -> list[bytes]:
    """Blind indexes of many values of one column."""
    ring = keys.ring("index")
    start = hmac.new(ring.key, column.encode() + b"\0", hashlib.sha256)
    found = []
    for text in texts:
        mac = start.copy()
        mac.update(text.encode())
        found.append(mac.digest())
    return found
