# SPDX-License-Identifier: MPL-2.0
"""Where later stages hang on to a person: panels, entries of the timeline, search, and merges.

A later stage imports this module and registers, when it starts, the dotted paths of its functions
(models are not ready to be imported then). The register never imports a later stage.

    register_person_panel("ansinh.payees.person_page.accounts", order=200)
    register_timeline("ansinh.payees.person_page.timeline")
    register_search("ansinh.payees.queries.people_by_account_digits")
    register_merge(follow="ansinh.payees.actions.merged.follow", undo="ansinh.payees.actions.merged.undo")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string

if TYPE_CHECKING:  # stages register before models can be imported
    from ansinh.registry.models import Person
    from ansinh.staff.models import Officer

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: what they may do at the person's commune, and on which day."""

    officer_id: int
    permissions: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class Panel:
    """A card of the person page: a title, a template of the stage, and what the template reads.

    The template gets `panel` (this), `person` and `viewer`; it reads `panel.context.NAME`.
    """

    title: Text
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""  # address of the stage's own page about this person
    link_label: Text = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's timeline: when, what, who, from what to what."""

    at: datetime
    title: Text
    detail: Text = ""
    by: str = ""
    url: str = ""
    badge: str = ""  # "", "ok", "wait", "stop", "note"
    badge_label: Text = ""
    changes: tuple[tuple[Text, str, str], ...] = ()  # (field, before, after)


class PanelMaker(Protocol):
    """Makes a card for a person, or None when the stage has nothing to say."""

    def __call__(self, *, person: Person, viewer: Viewer) -> Panel | None: ...


class TimelineMaker(Protocol):
    """Makes the entries of one person's timeline; at most `many`, the newest."""

    def __call__(self, *, person: Person, viewer: Viewer, many: int) -> Iterable[Entry]: ...


class MergeFollower(Protocol):
    """Takes a stage's rows from a record to the one it becomes an alias of, in the merge's transaction;
    answers what it needs to undo that (JSON)."""

    def __call__(self, *, alias: Person, into: Person, by: Officer, at: datetime) -> dict[str, Any]: ...


class MergeUndoer(Protocol):
    """Takes back what its follower took over."""

    def __call__(
        self, *, alias: Person, main: Person, remembered: Mapping[str, Any], by: Officer, at: datetime
    ) -> None: ...


SearchByDigits = Callable[..., Iterable[int]]  # (*, digits: str) -> ids of people, in scope

_PANELS: dict[str, int] = {}
_TIMELINES: list[str] = []
_SEARCHES: list[str] = []
_MERGES: dict[str, str] = {}


def register_person_panel(path: str, *, order: int) -> None:
    """Add a card to the person page by the dotted path of a `PanelMaker`; `order` follows the
    payment cycle (the register's own cards come first)."""
    _PANELS[path] = order


def register_timeline(path: str) -> None:
    """Add a stage's entries to every person's timeline by the dotted path of a `TimelineMaker`."""
    if path not in _TIMELINES:
        _TIMELINES.append(path)


def register_search(path: str) -> None:
    """Let a search for digits (an account's last four and more) find people through a stage: the
    dotted path of a function that takes `digits=` and returns ids of people in scope."""
    if path not in _SEARCHES:
        _SEARCHES.append(path)


def register_merge(*, follow: str, undo: str) -> None:
    """Let a stage's rows go with a record that becomes an alias, and back when the merge is undone: the
    dotted paths of a `MergeFollower` and a `MergeUndoer`."""
    _MERGES[follow] = undo


def follow_merge(*, alias: Person, into: Person, by: Officer, at: datetime) -> dict[str, Any]:
    """Let every stage follow a merge; what each remembers, by its follower."""
    found: dict[str, Any] = {}
    for path in sorted(_MERGES):
        follower: MergeFollower = import_string(path)
        found[path] = follower(alias=alias, into=into, by=by, at=at)
    return found


def undo_merge(
    *, alias: Person, main: Person, remembered: Mapping[str, Any], by: Officer, at: datetime
) -> None:
    """Let every stage take back what it had let follow."""
    for path, said in remembered.items():
        undoer: MergeUndoer = import_string(_MERGES[path])
        undoer(alias=alias, main=main, remembered=said, by=by, at=at)


def panels(*, person: Person, viewer: Viewer) -> list[Panel]:
    """The cards of the later stages, in the order of the payment cycle."""
    makers: list[PanelMaker] = [import_string(path) for path in sorted(_PANELS, key=lambda p: _PANELS[p])]
    made = (maker(person=person, viewer=viewer) for maker in makers)
    return [panel for panel in made if panel is not None]


def timeline_entries(*, person: Person, viewer: Viewer, many: int) -> list[Entry]:
    """The entries of the later stages, in no order."""
    makers: list[TimelineMaker] = [import_string(path) for path in _TIMELINES]
    return [entry for maker in makers for entry in maker(person=person, viewer=viewer, many=many)]


def people_by_digits(*, digits: str) -> set[int]:
    """Ids of people whom a later stage knows by these digits."""
    searches: list[SearchByDigits] = [import_string(path) for path in _SEARCHES]
    return {found for search in searches for found in search(digits=digits)}
