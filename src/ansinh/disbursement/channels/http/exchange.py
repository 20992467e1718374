# SPDX-License-Identifier: MPL-2.0
"""Talking to the payer. No answer, and any answer that is not understood, means that we do not know.

A submission carries the reference of the envelope as its idempotency key, the hash of the body, the
fencing token and the form of the file. `CODES` is the one place that says what an answer means.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import http.client
import json
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ansinh.rules.refusals import Refusal

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_ANSWER = 256 * 1024 * 1024

# (HTTP status, the payer's word) -> what became of the envelope
CODES: dict[tuple[int, str], str] = {
    (200, "accepted"): "accept",
    (202, "accepted"): "accept",
    (400, "refused"): "refuse",  # it read nothing that it could take
    (409, "old_token"): "lose",  # a newer dispatch decides
    (422, "other_body"): "lose",  # other bytes were sent under this key: a person must look
}


class BadAddress(Refusal):
    """The payer's address is neither https nor on this machine; fields: text."""

    code = "BANK_ADDRESS_UNSAFE"


@dataclass(frozen=True, slots=True)
class Payer:
    """Where a payer listens, how long we wait, and what shows who we are."""

    host: str
    port: int
    path: str
    secure: bool
    wait_ms: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a payer said: `accept`, `refuse` (it took nothing) or `lose` (we do not know)."""

    outcome: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A result file that a payer has for an envelope, and its form."""

    form: str
    content: bytes


def payer_at(*, url: str, wait_ms: int, key: str = "") -> Payer:
    """The payer behind an address. Raises `BadAddress`: only loopback may go without TLS."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    if parts.hostname is None or not (secure or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise BadAddress(text=url)
    port = parts.port or (443 if secure else 80)
    return Payer(parts.hostname, port, parts.path.rstrip("/"), secure, wait_ms, key)


def _ask(
    payer: Payer, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """(status, JSON object); (0, {}) when nothing, or nothing that we understand, came back."""
    wait = payer.wait_ms / 1000
    if payer.secure:
        link: http.client.HTTPConnection = http.client.HTTPSConnection(
            payer.host, payer.port, timeout=wait, context=ssl.create_default_context()
        )
    else:
        link = http.client.HTTPConnection(payer.host, payer.port, timeout=wait)
    own = {"Authorization": f"Bearer {payer.key}"} if payer.key else {}
    try:
        link.request(method, payer.path + path, body=body, headers={**own, **(headers or {})})
        answer = link.getresponse()
        found = json.loads(answer.read(LARGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError):
        return 0, {}
    finally:
        link.close()
    return (answer.status, found) if isinstance(found, dict) else (0, {})


def submit(payer: Payer, *, reference: str, token: int, form: str, content: bytes) -> Heard:
    """Hand one envelope over; never raises for what the network does."""
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    status, said = _ask(
        payer, "POST", "/envelopes", body=content,
        headers={
            "Idempotency-Key": reference, "Content-Digest": f"sha-256=:{digest}:", "X-Fence": str(token),
            "X-Form": form, "Content-Type": "application/octet-stream",
        },
    )  # fmt: skip
    word = str(said.get("status", ""))
    return Heard(CODES.get((status, word), "lose"), word)


def enquire(payer: Payer, *, reference: str, content: bytes) -> Heard:
    """Ask what became of an envelope: `accept` only when the payer names the very bytes, `refuse`
    only when it says that it knows nothing of it."""
    status, said = _ask(payer, "GET", f"/envelopes/{reference}")
    word = str(said.get("status", ""))
    if status == 200 and word == "accepted" and said.get("sha256") == hashlib.sha256(content).hexdigest():
        return Heard("accept", word)
    return Heard("refuse", word) if status == 200 and word == "unknown" else Heard("lose", word)


def results(payer: Payer, *, reference: str) -> list[File]:
    """The result files of an envelope, none when the payer has none for us now, or we cannot read
    what it says."""
    status, said = _ask(payer, "GET", f"/envelopes/{reference}/results")
    if status != 200 or not isinstance(said.get("files"), list):
        return []
    try:
        return [
            File(str(each["form"]), base64.b64decode(str(each["content"]), validate=True))
            for each in said["files"]
        ]
    except (binascii.Error, KeyError, TypeError):
        return []
