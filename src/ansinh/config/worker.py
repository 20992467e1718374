# SPDX-License-Identifier: MPL-2.0
"""Running the jobs: one process, some threads, woken by the database."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg_pool import PoolTimeout

from ansinh.background.jobs import SILENT_SECONDS
from ansinh.background.queue import QUEUES

THREADS = 2  # a long import does not hold up a small one; more would only share the same processors
POLL_SECONDS = 5  # the database wakes us; this is for the times it could not
GRACE_SECONDS = 10  # for running jobs at the end; then their transactions are rolled back


@asynccontextmanager
async def own_connections() -> AsyncIterator[App]:
    """The jobs of all stages on connections of the worker's own, which come back after the database was
    away. Jobs that a job enqueues still go into its own transaction (`background.queue.enqueue`)."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=THREADS + 2)
    with app.replace_connector(connector):
        async with app.open_async():
            yield app


async def _run(queues: Sequence[str], threads: int, *, until_idle: bool) -> None:
    async with own_connections() as own:
        await own.run_worker_async(
            queues=list(queues), concurrency=threads, wait=not until_idle, name="ansinh",
            fetch_job_polling_interval=POLL_SECONDS, listen_notify=not until_idle,
            shutdown_graceful_timeout=GRACE_SECONDS, stalled_worker_timeout=SILENT_SECONDS,
            install_signal_handlers=threading.current_thread() is threading.main_thread(),
        )  # fmt: skip


def run(*, queues: Sequence[str] = tuple(QUEUES), threads: int = THREADS, until_idle: bool = False) -> None:
    """Do jobs until SIGTERM or SIGINT, or with `until_idle` until nothing waits. When the database goes
    away, begin again."""
    while True:
        try:
            asyncio.run(_run(queues, threads, until_idle=until_idle))
            return
        except (ConnectorException, PoolTimeout):
            if until_idle:
                raise
            time.sleep(POLL_SECONDS)


def end_with_input() -> None:
    """End this process when its standard input does, that is when the process that started it ends,
    however it ends. A job that is cut short is rolled back and taken up by the next worker."""

    def watch() -> None:
        while sys.stdin.buffer.read(4096):
            continue
        threading.Timer(GRACE_SECONDS + 2, os._exit, [0]).start()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="end-with-input").start()
