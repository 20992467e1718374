# SPDX-License-Identifier: MPL-2.0
"""The queue's own housekeeping: what a killed worker left, what is long done."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from ansinh.background.queue import ATTEMPTS, SILENT

SILENT_SECONDS = int(SILENT.total_seconds())
KEPT_HOURS = 24 * 30


async def take_up_stalled(context: JobContext) -> int:
    """Give the jobs of workers that were killed to those that live; one that stalled too often is
    left as failed, because it is likely what kills them. Returns how many."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for each in stalled:
        if each.attempts >= ATTEMPTS:
            await manager.finish_job(each, status=Status.FAILED, delete_job=False)
        else:
            try:
                await manager.retry_job(each)
            except UniqueViolation:  # another job waits under the same key: it does this one's work
                await manager.finish_job(each, status=Status.ABORTED, delete_job=False)
    return len(stalled)


@app.periodic(cron="* * * * *", periodic_id="background.take_up_stalled")
@app.task(name="background.take_up_stalled", queue="housekeeping", pass_context=True)
async def every_minute(context: JobContext, timestamp: int) -> int:
    """Look after stalled jobs."""
    return await take_up_stalled(context)


@app.periodic(cron="17 19 * * *", periodic_id="background.clear_done")
@app.task(name="background.clear_done", queue="housekeeping", pass_context=True)
async def every_night(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended a month ago; what they did has its own record."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=False, include_cancelled=True, include_aborted=True
    )
