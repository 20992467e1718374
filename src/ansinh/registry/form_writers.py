# SPDX-License-Identifier: MPL-2.0
"""What confirming a list of each form writes: the register takes `awards` itself, a later stage
registers what it does with `accounts`, `population` or `results` (calls go downwards only).

A stage says so when it starts, by dotted paths, because models are not ready yet:

    register_form("accounts", write="ansinh.payees.actions.lists.take_accounts",
                  compare="ansinh.payees.queries.lists.compare_accounts")
    register_form("results", whole="ansinh.reconciliation.actions.lists.take_results")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.utils.module_loading import import_string

from ansinh.rules.refusals import Refusal

if TYPE_CHECKING:  # stages register when they start: models are not ready to be imported then
    from ansinh.registry.files.rows import Row
    from ansinh.registry.matching import Matched
    from ansinh.registry.models import ImportFile
    from ansinh.staff.models import Officer


class NobodyTakesForm(Refusal):
    """No stage of this installation writes lists of this form; fields: form."""

    code = "IMPORT_FORM_NOT_TAKEN"


class Write(Protocol):
    """Writes one chunk (at most 5,000) of accepted rows inside the transaction that confirms the
    list, in a fixed number of statements; what it raises rolls everything back. `rows` are those that
    the officer kept, `matched` says which person each means. Answers how many of what it wrote."""

    def __call__(
        self, *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched], by: Officer | None,
        at: datetime,
    ) -> dict[str, int]: ...  # fmt: skip


class WriteWhole(Protocol):
    """Writes a whole list at once, after its rows were compared again, inside the transaction that
    confirms it: for a stage that keeps the file as one thing. `rows` come one by one, in order."""

    def __call__(
        self, *, file: ImportFile, rows: Iterable[Row], by: Officer | None, at: datetime
    ) -> dict[str, int]: ...


class Compare(Protocol):
    """Compares one chunk of rows with what the stage has: answers the meaning of each accepted row
    (new, changed, unchanged) and refuses rows with `Row.refuse`. Writes nothing; runs when the list is
    checked and again when it is confirmed."""

    def __call__(
        self, *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched]
    ) -> dict[int, Matched]: ...


@dataclass(frozen=True, slots=True)
class _Paths:
    write: str
    compare: str
    whole: str


_STAGES: dict[str, _Paths] = {}


def register_form(form: str, *, write: str = "", compare: str = "", whole: str = "") -> None:
    """Say by dotted paths what confirming a list of this form does, chunk by chunk (`write`) or with
    the list as a whole, and what comparing it does."""
    _STAGES[form] = _Paths(write, compare, whole)


def _taken(form: str) -> _Paths:
    found = _STAGES.get(form)
    if found is None:
        raise NobodyTakesForm(form=form)
    return found


def writer_of(form: str) -> Write | None:
    """What writes each chunk of lists of a form, or None. Raises `NobodyTakesForm`."""
    path = _taken(form).write
    write: Write | None = import_string(path) if path else None
    return write


def whole_writer_of(form: str) -> WriteWhole | None:
    """What writes lists of a form as a whole, or None. Raises `NobodyTakesForm`."""
    path = _taken(form).whole
    write: WriteWhole | None = import_string(path) if path else None
    return write


def comparer_of(form: str) -> Compare | None:
    """What compares lists of a form with a later stage's own records, or None."""
    found = _STAGES.get(form)
    if found is None or not found.compare:
        return None
    compare: Compare = import_string(found.compare)
    return compare
