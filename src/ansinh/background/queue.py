# SPDX-License-Identifier: MPL-2.0
"""Declaring jobs and putting them in the queue, by name, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

Entry = TypeVar("Entry", bound=Callable[..., Any])

# What waits where. A worker serves all of them; an installation may give one its own worker.
QUEUES: dict[str, str] = {
    "imports": "lists that are checked and imported",
    "payments": "payrolls, payment files, results",
    "housekeeping": "what repeats by the clock: stalled jobs, birthdays, reminders",
}
SILENT = timedelta(seconds=30)  # a worker says every 10 s that it lives
ATTEMPTS = 5  # a lost connection or a deadlock is tried again; a refusal or a fault is not
PASSING = (OperationalError, InterfaceError)


class UnknownQueueError(Exception):
    """A job names a queue that no worker serves."""


class UnknownJobError(Exception):
    """Nothing is declared under this name: the job would wait for ever."""


def job(name: str, *, queue: str, every: str | None = None) -> Callable[[Entry], Entry]:
    """Declare an entry point called `STAGE.act`: takes ids by keyword, calls one action.

    `every` (five fields, UTC) repeats it by the clock; the entry then takes `timestamp` and
    nothing else. Raises `UnknownQueueError`.
    """
    if queue not in QUEUES:
        raise UnknownQueueError(f"{name}: {queue}; known: {', '.join(QUEUES)}")

    def declare(entry: Entry) -> Entry:
        again = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=3, retry_exceptions=PASSING)
        task = app.task(name=name, queue=queue, retry=again)(entry)
        if every:
            app.periodic(cron=every, periodic_id=name)(task)
        return entry

    return declare


def is_served(*, now: datetime) -> bool:
    """Whether a worker said lately that it lives; pages say so when work waits and nobody does it."""
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - SILENT).exists())


def enqueue(*, name: str, lock: str | None = None, once: str | None = None, **ids: int | str) -> int | None:
    """Put a job in the queue; it becomes visible when the caller's transaction commits, and is gone
    when that is rolled back.

    Jobs with the same `lock` run one after another. With `once` a job that still waits under this
    key is enough: then nothing is added and the answer is None. Returns the job's id. Raises
    `UnknownJobError`.
    """
    task = app.tasks.get(name)
    if task is None:
        raise UnknownJobError(name)
    try:
        with transaction.atomic():  # a savepoint: a key that waits already must not spoil the caller's work
            # Always through Django's connection: in the worker the app itself has connections of its own.
            manager = JobManager(DjangoConnector())
            waiting = configure_task(
                name=name, job_manager=manager, queue=task.queue, lock=lock, queueing_lock=once
            )
            return waiting.defer(**ids)
    except AlreadyEnqueued:
        return None
