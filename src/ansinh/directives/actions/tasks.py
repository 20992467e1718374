# SPDX-License-Identifier: MPL-2.0
"""What units do with their tasks: acknowledge, assign, report, finish, hand down; and reminding them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.directives.actions.issue import Attached
from ansinh.directives.lifecycles import TASK, TaskState
from ansinh.directives.models import Reminder, Task, TaskReport
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.queries import may
from ansinh.statements import statement

WORK = "tasks.work"


class OfficerElsewhere(Refusal):
    """The officer does not work on tasks of this unit; fields: name, unit."""

    code = "TASK_OFFICER_ELSEWHERE"


class ReportEmpty(Refusal):
    """A report without words, or a percentage outside 0 to 100."""

    code = "TASK_REPORT_EMPTY"


class NobodyBelow(Refusal):
    """No unit below lacks the task; fields: unit."""

    code = "TASK_NOBODY_BELOW"


class DueAfterParent(Refusal):
    """The units below would have longer than the unit itself; fields: due, own."""

    code = "TASK_DUE_AFTER_OWN"


class NothingToRemind(Refusal):
    """Everybody has begun in time, or was reminded today."""

    code = "TASK_NOTHING_TO_REMIND"


def _recorded(
    act: str, task: Task, *, by: Officer, at: datetime, details: dict[str, object] | None = None
) -> None:
    record(
        by=by.pk, at=at, act=act, subject="task", subject_id=task.pk, unit_id=task.unit_id, details=details
    )


def _move(task: Task, event: str, *, by: Officer, at: datetime, **fields: object) -> None:
    target = TASK.apply(TaskState(task.state), event)
    Task.objects.filter(pk=task.pk).update(state=target.value, **fields)
    task.state = target.value
    _recorded(f"directives.{event}_task", task, by=by, at=at)


def _locked(task_id: int) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task_id)


def acknowledge(*, task_ids: Collection[int], by: Officer, at: datetime) -> int:
    """Say that the unit has read its tasks; those acknowledged already stay so. Returns how many."""
    with transaction.atomic():
        found = list(
            Task.objects.select_for_update().filter(
                pk__in=list(task_ids), state__in=TASK.sources("acknowledge")
            )
        )
        for task in found:
            _move(task, "acknowledge", by=by, at=at, acknowledged_at=at)
    return len(found)


def assign(*, task_id: int, officer_id: int, by: Officer, at: datetime, on: date) -> None:
    """Name the officer who does a task. Raises `OfficerElsewhere`."""
    with transaction.atomic():
        task = _locked(task_id)
        officer = Officer.objects.get(pk=officer_id)
        if not may(officer_id=officer.pk, permission=WORK, unit_id=task.unit_id, on=on):
            raise OfficerElsewhere(name=officer.full_name, unit=task.unit.name)
        Task.objects.filter(pk=task.pk).update(officer=officer)
        _recorded("directives.assign", task, by=by, at=at, details={"officer": officer.pk})


def report(
    *, task_id: int, words: str, percent: int | None, file: Attached | None, by: Officer, at: datetime
) -> TaskReport:
    """Say how far a task is. The first report of an acknowledged task begins it. Raises `ReportEmpty`,
    `FileTooLarge` or `NotFromThisState` (before it is acknowledged)."""
    if not words.strip() or (percent is not None and not 0 <= percent <= 100):
        raise ReportEmpty
    sha256 = file.kept() if file is not None else None
    with transaction.atomic():
        task = _locked(task_id)
        if task.state != TaskState.UNDER_WAY.value:
            _move(task, "begin", by=by, at=at)
        made = TaskReport.objects.create(
            task=task, percent=percent, words=words.strip(), file_sha256=sha256,
            file_name=file.name[:200] if file else "", at=at, by=by,
        )  # fmt: skip
        _recorded("directives.report", task, by=by, at=at, details={"percent": percent})
    return made


def finish(*, task_id: int, by: Officer, at: datetime) -> None:
    """Say that a task is done. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move(_locked(task_id), "finish", by=by, at=at, done_at=at)


def reopen(*, task_id: int, by: Officer, at: datetime) -> None:
    """The unit above (or the unit itself) says that it is not done after all. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move(_locked(task_id), "reopen", by=by, at=at, done_at=None)


def hand_down(*, task_id: int, due_on: date, by: Officer, at: datetime, on: date) -> int:
    """Give a task to every unit directly below that lacks it, in one statement; returns how many.
    Raises `DueAfterParent` or `NobodyBelow`."""
    with transaction.atomic():
        task = _locked(task_id)
        if due_on > task.due_on:
            raise DueAfterParent(due=due_on, own=task.due_on)
        with connection.cursor() as cursor:
            cursor.execute(
                statement("directives", "hand_down"), {"task": task.pk, "due": due_on, "at": at, "on": on}
            )
            given = int(cursor.rowcount)
        if given == 0:
            raise NobodyBelow(unit=task.unit.name)
        _recorded("directives.hand_down", task, by=by, at=at, details={"units": given})
    return given


def remind(
    *,
    directive_id: int,
    order_id: int | None,
    unit_ids: Collection[int],
    words: str,
    by: Officer,
    at: datetime,
    on: date,
) -> int:
    """Remind every unit that is late or has not begun (of one order, or of all), once a day; returns
    how many tasks. Raises `NothingToRemind`."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                statement("directives", "remind"),
                {
                    "directive": directive_id, "order": order_id, "units": list(unit_ids),
                    "words": words.strip()[:500], "by": by.pk, "at": at, "on": on,
                },
            )  # fmt: skip
            reminded = int(cursor.rowcount)
        if reminded == 0:
            raise NothingToRemind
        record(
            by=by.pk, at=at, act="directives.remind", subject="directive", subject_id=directive_id,
            details={"tasks": reminded},
        )  # fmt: skip
    return reminded


def remind_one(*, task_id: int, words: str, by: Officer, at: datetime) -> Reminder:
    """Remind one unit of one task."""
    with transaction.atomic():
        task = _locked(task_id)
        made = Reminder.objects.create(task=task, words=words.strip()[:500], at=at, by=by)
        _recorded("directives.remind_one", task, by=by, at=at)
    return made


def pass_on(*, at: datetime, on: date) -> tuple[int, int]:
    """Give the open tasks of units that exist no more to the communes that answer for them on a day;
    returns (tasks given, tasks passed). Running it again does nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("directives", "pass_on_insert"), {"at": at, "on": on})
        given = cursor.rowcount
        cursor.execute(statement("directives", "pass_on_close"), {"on": on})
        passed = cursor.rowcount
        if passed:
            record(by=None, at=at, act="directives.pass_on", subject="task", subject_id="*",
                   details={"given": given, "passed": passed})  # fmt: skip
    return given, passed
