# SPDX-License-Identifier: MPL-2.0
"""Processes of the house, forked from one that has Django loaded: an operator, the worker, the pages.

A child is armed after the fork and dies of the point that it passes, by the kernel, without clean-up.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from unittest.mock import Mock

from django.db import connections

from ansinh.background.jobs import take_up_stalled
from ansinh.config import database
from ansinh.config import worker as running
from ansinh.rules import failpoints

WAITS = 120  # seconds for a child that should end by itself
FAULTY = 70  # exit code of a child that ended by an error of ours


def fork(act: Callable[[], object], *, hits: int, armed: dict[str, tuple[str, int]] | None = None) -> int:
    """Run `act` in a process of its own, with points armed (name -> (how, turn)); returns its pid."""
    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 0
    try:
        failpoints.tell(hits)
        failpoints.watch()
        for name, (way, turn) in (armed or {}).items():
            failpoints.arm(name, way, turn=turn)
        act()
    except BaseException:
        traceback.print_exc()
        code = FAULTY
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)


def ended(pid: int, *, within: float = WAITS) -> int:
    """Wait for a child; its exit code, or minus the signal that ended it. One that does not end is
    killed: then the answer is -9."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def stopped(pid: int, *, within: float = WAITS) -> bool:
    """Wait until a child has paused itself; False when it ended before."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if done:
            return os.WIFSTOPPED(status)
        time.sleep(0.005)
    return False


def work() -> None:
    """The worker, until nothing waits: first it takes up what killed workers left."""
    asyncio.run(_take_up())
    running.run(until_idle=True, threads=1)


async def _take_up() -> None:
    async with running.own_connections() as own:
        await take_up_stalled(Mock(app=own))


def age_workers(name: str) -> None:
    """Let a minute pass for the queue: workers that were killed have been silent for long."""
    with database.connect("admin", name=name, autocommit=True) as admin:
        admin.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        admin.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
