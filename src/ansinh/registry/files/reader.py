# SPDX-License-Identifier: MPL-2.0
"""Starts the parser in its own process and hands its rows on, chunk by chunk."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from ansinh.registry.files.kinds import FileRefused, Kind

SOURCES = Path(__file__).resolve().parents[3]
CHILD = ("-m", "ansinh.registry.files.child")
SILENT_SECONDS = 300  # without a message; the child's own limit is on its processor time
Cell = Any  # None, str, int, bool, ("d", iso date), ("n", decimal text), ("t", time text)
NumberedRow = tuple[int, list[Cell]]


class ReaderStopped(FileRefused):
    """The child died or went over its limits."""

    code = "FILE_READER_STOPPED"


class TooManyRows(FileRefused):
    """A sheet beyond the limit of rows."""

    code = "FILE_TOO_MANY_ROWS"


class UnknownEncoding(FileRefused):
    """Text in no encoding that offices use."""

    code = "FILE_ENCODING"


_REFUSALS: dict[str, type[FileRefused]] = {
    "FILE_DAMAGED": FileRefused,
    "FILE_TOO_MANY_ROWS": TooManyRows,
    "FILE_ENCODING": UnknownEncoding,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as surveyed: its first rows, its merged ranges (top, left, bottom, right; rows from
    1, columns from 0)."""

    index: int
    name: str
    hidden: bool
    rows: int
    head: list[NumberedRow]
    merged: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What values do not show: rows by number, cells by address (`B7`)."""

    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    formulas: frozenset[str] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)
    columns: frozenset[int] = frozenset()  # hidden ones, from 0


class OpenFile:
    """A file open in a child process. Use as a context manager."""

    def __init__(self, path: Path, *, kind: Kind, name: str) -> None:
        self.path, self.kind, self.name = path, kind, name
        self.encoding = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> OpenFile:
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(SOURCES), "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            [sys.executable, *CHILD, self.kind.value, str(self.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._child()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        if process.poll() is None:
            process.kill()
        process.wait()

    def _child(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "use `with OpenFile(...)`"
        return self._process

    def _receive(self) -> tuple[Any, ...]:
        stream = self._child().stdout
        assert stream is not None
        watch = threading.Timer(SILENT_SECONDS, self._child().kill)
        watch.start()
        try:
            message: tuple[Any, ...] = marshal.load(stream)  # noqa: S302 - from our own child
        except (EOFError, ValueError, TypeError) as gone:
            code = self._child().wait()
            raise (FileRefused if code == 1 else ReaderStopped)(name=self.name) from gone
        finally:
            watch.cancel()
        if message[0] == "refused":
            limit = f"{message[2]:,}".replace(",", ".") if message[2] else ""
            raise _REFUSALS[message[1]](name=self.name, limit=limit)
        return message

    def survey(self) -> list[Sheet]:
        """Every sheet with its first rows. Raises a `FileRefused`."""
        sheets = []
        for place, each in enumerate(self._receive()[1]):
            self.encoding = each.get("encoding", "")
            sheets.append(
                Sheet(place, each["name"], each["hidden"], each["rows"], each["head"], each.get("merged", []))
            )
        return sheets

    def choose(self, index: int) -> Marks:
        """Ask for a sheet; its rows come from `rows`."""
        stdin = self._child().stdin
        assert stdin is not None
        try:
            stdin.write(f"{index}\n".encode())
            stdin.flush()
        except BrokenPipeError as gone:
            raise ReaderStopped(name=self.name) from gone
        found = self._receive()[1]
        return Marks(
            frozenset(found.get("hidden", ())), frozenset(found.get("struck", ())),
            frozenset(found.get("formulas", ())), found.get("errors", {}),
            frozenset(found.get("columns", ())),
        )  # fmt: skip

    def rows(self) -> Iterator[NumberedRow]:
        """The rows of the chosen sheet, numbered as in the file."""
        while (message := self._receive())[0] == "rows":
            yield from message[1]
