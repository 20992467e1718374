# SPDX-License-Identifier: MPL-2.0
"""The bank over HTTP (WSGI, served by granian): envelopes in, enquiries, results, knobs, its own count.

POST /BOOK/envelopes            the bytes; Idempotency-Key, X-Fence, X-Form
GET  /BOOK/envelopes/REF        {"status": "accepted" | "unknown", "sha256": …}
GET  /BOOK/envelopes/REF/results    {"files": [{"form": …, "content": base64}]}
GET  /BOOK/count                the bank's own count
POST /BOOK/knobs                {"seed": 1, "knobs": {"silent": 20}}
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from ansinh.disbursement.simulated_bank.bank import (
    NoAnswerError,
    OldTokenError,
    OtherBodyError,
    SimulatedBank,
)
from ansinh.disbursement.simulated_bank.files import ISO_DAY

LARGEST = 64 * 1024 * 1024
RESULT_FORM = {"pain001": "pain002", "bulk_bin": "bank_csv"}
ACCOUNT, OPENING = "KB-3751", 10**12  # the paying account, and what it held in the morning
Answer = tuple[str, dict[str, Any] | str]


def _file(form: str, content: bytes) -> dict[str, str]:
    return {"form": form, "content": base64.b64encode(content).decode()}


def _silence() -> int:
    return int(os.environ.get("SIMULATED_BANK_SILENCE_MS", "30000"))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request."""
    parts = [part for part in str(environ.get("PATH_INFO", "")).split("/") if part]
    book, rest = (parts[0], parts[1:]) if parts else ("bank", [])
    bank = SimulatedBank(path=os.environ["SIMULATED_BANK_FILE"], book=book)
    try:
        status, said = _answer(bank, str(environ["REQUEST_METHOD"]), rest, environ)
    except (ValueError, KeyError, sqlite3.Error) as wrong:
        status, said = "400 Bad Request", {"status": "refused", "why": type(wrong).__name__}
    page = isinstance(said, str)
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    kind = "text/html" if page else "application/json"
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def _answer(bank: SimulatedBank, method: str, rest: list[str], environ: dict[str, Any]) -> Answer:
    if method == "POST" and rest == ["envelopes"]:
        return _take(bank, environ, _body(environ))
    if method == "POST" and rest == ["knobs"]:
        wanted = json.loads(_body(environ))
        bank.set(seed=int(wanted["seed"]), knobs=wanted["knobs"])
        return "200 OK", {"status": "set"}
    if method == "GET" and rest == ["count"]:
        return "200 OK", {name: asdict(one) for name, one in bank.count().items()}
    if method == "GET" and len(rest) == 2 and rest[0] == "envelopes":
        sha256, asked = bank.sha256_of(reference=rest[1]), bank.times_asked(reference=rest[1])
        return "200 OK", {"status": "accepted" if sha256 else "unknown", "sha256": sha256, "asked": asked}
    if method == "GET" and len(rest) == 3 and rest[2] == "results":
        form = RESULT_FORM[bank.form_of(reference=rest[1])]
        files = [_file(form, each) for each in bank.results(reference=rest[1])]
        if form == "pain002" and bank.times_asked(reference=rest[1]) > 1:  # a report says nothing of returns
            files.append(_file("camt053", bank.statement(account=ACCOUNT, day=ISO_DAY, opening=OPENING)))
        return "200 OK", {"files": files}
    return "404 Not Found", {"status": "no such thing"}


def _body(environ: dict[str, Any]) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST:
        raise ValueError("too large")
    return bytes(environ["wsgi.input"].read(length))


def _take(bank: SimulatedBank, environ: dict[str, Any], content: bytes) -> Answer:
    reference, token = environ["HTTP_IDEMPOTENCY_KEY"], int(environ["HTTP_X_FENCE"])
    form = environ.get("HTTP_X_FORM", "bulk_bin")
    try:
        bank.submit(reference=reference, token=token, content=content, form=form)
    except OldTokenError:
        return "409 Conflict", {"status": "old_token"}
    except OtherBodyError:
        return "422 Unprocessable Content", {"status": "other_body"}
    except NoAnswerError:
        time.sleep(_silence() / 1000)
        return "504 Gateway Timeout", ""
    if bank.asked(knob="delay", what=reference):
        time.sleep(_silence() / 2000)
    if bank.asked(knob="html", what=f"{reference}.{token}"):
        return "200 OK", "<html><body>Cảm ơn quý khách</body></html>"
    return "202 Accepted", {"status": "accepted"}
