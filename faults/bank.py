# SPDX-License-Identifier: MPL-2.0
"""The simulated bank as a process of its own, and questions to it that the system under test never asks."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STARTS_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Bank:
    """A running bank. Each book is a bank of its own."""

    port: int
    pid: int

    def url(self, book: str) -> str:
        """The address of one book, as `ANSINH_BANK_URL` wants it."""
        return f"http://127.0.0.1:{self.port}/{book}"

    def ask(self, method: str, path: str, said: object = None) -> Any:
        """Ask the bank; its JSON answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request(method, path, body=None if said is None else json.dumps(said).encode())
            return json.loads(link.getresponse().read())
        finally:
            link.close()

    def set(self, book: str, *, seed: int = 1, knobs: Mapping[str, int] | None = None) -> None:
        """Turn the knobs of a book."""
        assert self.ask("POST", f"/{book}/knobs", {"seed": seed, "knobs": dict(knobs or {})}) == {
            "status": "set"
        }

    def count(self, book: str) -> dict[str, dict[str, int]]:
        """The bank's own count: end-to-end id -> out, back, amount."""
        found: dict[str, dict[str, int]] = self.ask("GET", f"/{book}/count")
        return found


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_bank(folder: Path, *, silence_ms: int = 300) -> Iterator[Bank]:
    """`ansinh simulate bank` in a process group of its own, ended at the end."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "ansinh.config.cli", "simulate", "bank", "--port", str(port), "--file",
         str(folder / "bank.sqlite3"), "--silence", str(silence_ms)],
        start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        bank = Bank(port, process.pid)
        _wait_for(bank)
        yield bank
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def _wait_for(bank: Bank) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            bank.count("bank")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
