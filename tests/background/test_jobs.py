# SPDX-License-Identifier: MPL-2.0
"""Jobs: in the caller's transaction, done by the worker, taken up after a kill, each declared and served."""

from __future__ import annotations

import asyncio
import inspect
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ansinh.background import jobs
from ansinh.background.queue import QUEUES, UnknownJobError, UnknownQueueError, enqueue, job
from ansinh.config import worker
from tests.architecture.source import PACKAGE, functions

done: list[object] = []


def _note(*, number: int) -> None:
    done.append((number, connection.settings_dict["NAME"]))


def _chain(*, number: int) -> None:
    with transaction.atomic():
        enqueue(name="test.note", number=number + 1)
        if number == 13:
            raise RuntimeError("rolled back with what it enqueued")


def _stumble(*, number: int) -> None:
    done.append(number)
    if len(done) < 3:
        raise OperationalError("the connection was lost")


@pytest.fixture
def declared() -> Iterator[None]:
    before = dict(app.tasks)
    for name, entry in (("test.note", _note), ("test.chain", _chain), ("test.stumble", _stumble)):
        job(name, queue="housekeeping")(entry)
    done.clear()
    yield
    app.tasks.clear()
    app.tasks.update(before)


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in ProcrastinateJob.objects.filter(task_name__startswith="test.").values_list(
        "status", flat=True
    ):
        found[state] = found.get(state, 0) + 1
    return found


def test_a_job_of_a_transaction_that_is_rolled_back_was_never_there(
    declared: None, committed_database: str
) -> None:
    with transaction.atomic():
        enqueue(name="test.note", number=1)
        transaction.set_rollback(True)
    assert states() == {}
    with transaction.atomic():
        enqueue(name="test.note", number=2)
    worker.run(until_idle=True)
    assert done == [(2, committed_database)]
    assert states() == {"succeeded": 1}


def test_a_job_enqueues_the_next_one_in_its_own_transaction(declared: None, committed_database: str) -> None:
    enqueue(name="test.chain", number=1)
    enqueue(name="test.chain", number=13)
    worker.run(until_idle=True)
    assert done == [(2, committed_database)]
    assert states() == {"succeeded": 2, "failed": 1}


def test_a_lost_connection_is_tried_again(declared: None, committed_database: str) -> None:
    enqueue(name="test.stumble", number=7)
    for _attempt in range(3):
        worker.run(until_idle=True)
        with connection.cursor() as cursor:  # do not wait for the pause between attempts
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
    assert done == [7, 7, 7]
    assert states() == {"succeeded": 1}


def test_what_repeats_by_the_clock_goes_through_the_workers_own_connections(committed_database: str) -> None:
    async def repeat() -> int:
        async with worker.own_connections() as own:
            task = own.tasks["background.take_up_stalled"]
            return (
                await task.configure().job_manager.defer_periodic_job(
                    job=task.configure().job.evolve(task_kwargs={"timestamp": 1}),
                    periodic_id="x",
                    defer_timestamp=1,
                )
                or 0
            )

    assert asyncio.run(repeat()) > 0
    connection.close()


@pytest.mark.django_db
def test_a_key_that_waits_already_is_enough_and_spoils_nothing(declared: None) -> None:
    assert enqueue(name="test.note", once="one", number=1)
    assert enqueue(name="test.note", once="one", number=1) is None
    assert states() == {"todo": 1}


@pytest.mark.django_db
def test_a_name_that_nobody_declared_is_refused_at_once() -> None:
    with pytest.raises(UnknownJobError):
        enqueue(name="registry.chek_list", import_id=1)
    with pytest.raises(UnknownQueueError):
        job("test.lost", queue="nobody-serves-this")


def test_the_jobs_of_a_killed_worker_are_taken_up_and_a_killer_is_left(
    declared: None, committed_database: str
) -> None:
    enqueue(name="test.note", number=1)
    enqueue(name="test.note", number=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
            " RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s,"
            " attempts = CASE WHEN args ->> 'number' = '2' THEN 5 ELSE 0 END",
            [dead],
        )

    async def sweep() -> int:
        async with worker.own_connections() as own:
            return await jobs.take_up_stalled(Mock(app=own))

    assert asyncio.run(sweep()) == 2
    worker.run(until_idle=True)
    assert done == [(1, committed_database)]
    assert states() == {"succeeded": 1, "failed": 1}


def test_the_worker_beside_the_pages_ends_when_they_end(committed_database: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ansinh.config.cli", "worker", "--while-input-open"],
        stdin=subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip
    assert process.stdin is not None
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM procrastinate_workers")
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.1)
        assert process.poll() is None
        process.stdin.close()  # what the kernel does when the pages' process ends, however it ends
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait(10)


def test_every_entry_of_a_jobs_module_is_declared_and_its_queue_is_served() -> None:
    entries = {path: [f for f in functions(path) if _is_entry(f.decorator_list)] for path in _modules()}
    for path, found in entries.items():
        module = import_module(f"ansinh.{path.parent.name}.jobs")
        ours = {
            inspect.unwrap(task.func).__name__: task
            for task in app.tasks.values()
            if task.func.__module__ == module.__name__
        }
        assert set(ours) == {each.name for each in found}, path
        assert {task.queue for task in ours.values()} <= set(QUEUES), path
    assert set(inspect.signature(worker.run).parameters["queues"].default) == set(QUEUES)


def _modules() -> list[Path]:
    return sorted(PACKAGE.glob("*/jobs.py"))


def _is_entry(decorators: list[object]) -> bool:
    return bool(decorators)


def test_every_job_and_queue_is_in_the_reference() -> None:
    text = (PACKAGE.parents[1] / "docs" / "reference" / "jobs.md").read_text(encoding="utf-8")
    ours = [name for name, task in app.tasks.items() if task.func.__module__.startswith("ansinh.")]
    assert [name for name in [*ours, *QUEUES] if f"`{name}`" not in text] == []


def test_a_stalled_job_whose_key_waits_again_stops_nobody_elses(
    declared: None, committed_database: str
) -> None:
    enqueue(name="test.note", once="one", number=1)
    enqueue(name="test.note", number=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
            " RETURNING id"
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [cursor.fetchone()[0]]
        )
    enqueue(name="test.note", once="one", number=1)

    async def sweep() -> int:
        async with worker.own_connections() as own:
            return await jobs.take_up_stalled(Mock(app=own))

    assert asyncio.run(sweep()) == 2
    worker.run(until_idle=True)
    assert sorted(done) == [(1, committed_database), (2, committed_database)]  # type: ignore[type-var]
    assert states() == {"succeeded": 2, "aborted": 1}
