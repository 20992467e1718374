# SPDX-License-Identifier: MPL-2.0
"""What can be submitted. A stage registers each kind of thing once, when it starts.

`content_hash` recomputes the SHA-256 from what is stored now: an approval is refused when it differs
from what was submitted. `on_approved` takes effect in the same transaction as the last approval,
`on_closed` in that of a return or a withdrawal (its event is "return" or "withdraw"). `forbid` raises
when an officer may not approve this very thing; it is told who else could. `groups` says for the
groups that a submission names how each is called and where it is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from ansinh.staff.models import Officer


@dataclass(frozen=True, slots=True)
class Group:
    """A group of what is out of the ordinary in a submitted thing: its name and its page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Subject:
    """How approvals deals with one kind of thing."""

    content_hash: Callable[[str], bytes]
    on_approved: Callable[[str, int, datetime], None]
    url: Callable[[str], str] | None = None
    on_closed: Callable[[str, str, int, datetime, str], None] | None = None
    forbid: Callable[[str, Officer, list[str]], None] | None = None
    groups: Callable[[str], dict[str, Group]] | None = None
    many_lines: int = 100  # from this count on, an approver must have had the list open a while


class UnknownSubjectError(Exception):
    """Nobody registered this kind of thing."""


_SUBJECTS: dict[str, Subject | str] = {}


def register_subject(name: str, subject: Subject | str) -> None:
    """Make a kind of thing submittable: the subject, or the dotted path of one (when stages
    register, models are not ready to be imported yet)."""
    _SUBJECTS[name] = subject


def subject_named(name: str) -> Subject:
    """The registered subject. Raises `UnknownSubjectError`."""
    try:
        found = _SUBJECTS[name]
    except KeyError as unknown:
        raise UnknownSubjectError(name) from unknown
    return import_string(found) if isinstance(found, str) else found
