# SPDX-License-Identifier: MPL-2.0
"""What commands print: JSON for machines on standard output, words and progress for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Advance(Protocol):
    """Tells the progress bar that `count` more are done."""

    def __call__(self, count: int = 1) -> None: ...


def emit(payload: Any, text: str, *, as_json: bool) -> None:
    """Print `payload` as one JSON document, or `text` for people."""
    click.echo(json.dumps(payload, ensure_ascii=False) if as_json else text)


@contextmanager
def progress(label: str, *, total: int | None, quiet: bool = False) -> Iterator[Advance]:
    """A progress bar on standard error for anything that may take over 2 s."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=quiet,
        transient=False,
    )
    with bar:
        task = bar.add_task(label, total=total)

        def advance(count: int = 1) -> None:
            bar.advance(task, count)

        yield advance
