# SPDX-License-Identifier: MPL-2.0
"""The sidebar by the payment cycle, and the counters of today's work.

Stages register their entries and counters when they start (downward calls only); an entry is shown
to officers who hold its permission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. `order` follows the payment cycle."""

    order: int
    label: Text
    url_name: str
    permission: str
    icon: str
    section: Text


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the officer today."""

    label: Text
    count: int
    url: str
    overdue: int = 0


Counter = Callable[[int, datetime], Iterable[Task]]  # (officer id, now) -> tasks


@dataclass(frozen=True, slots=True)
class Panel:
    """What a stage shows below today's work: a template and what it needs."""

    template: str
    context: dict[str, object]


_ENTRIES: dict[str, Entry] = {}
_COUNTERS: list[str] = []
_PANELS: list[str] = []


def register_entry(entry: Entry) -> None:
    """Add a line to the sidebar; the same address twice is one line."""
    _ENTRIES[entry.url_name] = entry


def register_counter(path: str) -> None:
    """Add a counter to "Việc hôm nay" by its dotted path: when stages register, models are not
    ready to be imported yet."""
    if path not in _COUNTERS:
        _COUNTERS.append(path)


def register_panel(path: str) -> None:
    """Add a panel to the home page by the dotted path of (request) -> Panel or None."""
    if path not in _PANELS:
        _PANELS.append(path)


def panels(request: HttpRequest) -> list[Panel]:
    """What stands below today's work for whoever asks."""
    found = [import_string(path)(request) for path in _PANELS]
    return [panel for panel in found if panel is not None]


def entries(permissions: frozenset[str]) -> list[Entry]:
    """The lines that somebody with these permissions sees, in the order of the cycle."""
    seen = [e for e in _ENTRIES.values() if e.permission in permissions]
    return sorted(seen, key=lambda entry: entry.order)


def tasks(officer_id: int, now: datetime) -> list[Task]:
    """What waits for an officer now, the overdue first."""
    counters: list[Counter] = [import_string(path) for path in _COUNTERS]
    found = [task for counter in counters for task in counter(officer_id, now)]
    return sorted(found, key=lambda task: (-task.overdue, -task.count))
