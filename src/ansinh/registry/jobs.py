# SPDX-License-Identifier: MPL-2.0
"""Work on lists in the background, with progress on the page; what the register does by the clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol

from django.db import connections, transaction
from django.utils import timezone

from ansinh.background.queue import PASSING, job
from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.confirm import confirm_asked, give_back
from ansinh.registry.actions.duplicates import find_duplicates
from ansinh.registry.actions.receive import WorkFailed, check_received, refuse_received
from ansinh.registry.models import ImportFile
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.scope import declare, open_to_all, units_scope
from ansinh.statements import statement

SECONDS_BETWEEN = 1  # the page asks every two seconds


class ProgressNote:
    """Notes how far the work is on a connection of its own: the work's own transaction is not seen
    before it commits."""

    def __init__(self, file: ImportFile, total: int = 0) -> None:
        self.file, self.total, self.done = file, total, 0
        self.started = timezone.now()
        self._noted = time.monotonic()
        self._connection = connections.create_connection("default")

    def __enter__(self) -> ProgressNote:
        self._write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def advance(self, count: int) -> None:
        """`count` more rows are done."""
        self.done += count
        if time.monotonic() - self._noted >= SECONDS_BETWEEN:
            self._write()

    def expect(self, total: int) -> None:
        """How many rows there are."""
        self.total = total
        self._write()

    def _write(self) -> None:
        columns: dict[str, Any] = {"file": self.file.pk, "commune": self.file.commune_id, "done": self.done,
                   "total": self.total, "started": self.started, "at": timezone.now()}  # fmt: skip
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            declare(cursor=cursor, scope=units_scope([self.file.commune_id]))
            cursor.execute(statement("registry", "note_progress"), columns)
            cursor.execute("COMMIT")
        self._noted = time.monotonic()


class Ending(Protocol):
    """An action that notes how the work ended."""

    def __call__(self, *, import_id: int, refused: Refusal, at: datetime) -> None: ...


def _file(import_id: int) -> ImportFile:
    with transaction.atomic():
        open_to_all()
        return ImportFile.objects.get(pk=import_id)


def _say(ending: Ending, import_id: int, refused: Refusal) -> None:
    with transaction.atomic():
        open_to_all()
        ending(import_id=import_id, refused=refused, at=timezone.now())


@job("registry.check_list", queue="imports")
def check_list(*, import_id: int) -> None:
    """Read a list that was taken in. A second run finds it read and does nothing."""
    with ProgressNote(_file(import_id)) as note:
        try:
            with transaction.atomic():
                open_to_all()
                check_received(
                    import_id=import_id, at=timezone.now(), progress=note.advance, total=note.expect
                )
        except NotFromThisState:
            return
        except Refusal as refused:
            _say(refuse_received, import_id, refused)
        except PASSING:
            raise
        except Exception:
            _say(refuse_received, import_id, WorkFailed())
            raise


@job("registry.confirm_list", queue="imports")
def confirm_list(*, import_id: int) -> None:
    """Write a list whose confirmation was left to the background; a refusal gives it back."""
    file = _file(import_id)
    with ProgressNote(file, file.accepted) as note:
        try:
            with transaction.atomic():
                open_to_all()
                confirm_asked(import_id=import_id, at=timezone.now(), progress=note.advance)
        except NotFromThisState:
            return
        except Refusal as refused:
            _say(give_back, import_id, refused)
        except PASSING:
            raise
        except Exception:
            _say(give_back, import_id, WorkFailed())
            raise


@job("registry.find_duplicates", queue="housekeeping", every="0 19 * * *")
def find_tonight(timestamp: int) -> None:
    """At 02:00 in Viet Nam: everybody compared with everybody likely. A pair is queued once, and what
    was decided about it stays."""
    with transaction.atomic():
        open_to_all()
        find_duplicates(by=None, at=datetime.fromtimestamp(timestamp, UTC))


@job("registry.raise_birthdays", queue="housekeeping", every="0 17 14 * *")
def raise_next_month(timestamp: int) -> None:
    """On the 15th, midnight in Viet Nam: what the birthdays of the next month change, in time for the
    month's list. Done twice, it proposes nothing twice."""
    now = datetime.fromtimestamp(timestamp, UTC)
    with transaction.atomic():
        open_to_all()
        raise_birthdays(month=Month.at(now).next, at=now)
