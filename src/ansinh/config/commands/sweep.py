# SPDX-License-Identifier: MPL-2.0
"""`ansinh sweep`: what was promised and is not done."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, datetime

import click
from django.db import OperationalError, connection

from ansinh.config.worker import end_with_input
from ansinh.reconciliation.actions.sweep import Swept
from ansinh.reconciliation.actions.sweep import sweep as look
from ansinh.ui.console import emit

DEEP_EVERY = 12  # rounds: counting promised rows reads whole payrolls


def _said(found: Swept) -> str:
    return (
        f"{found.open} cảnh báo / alarms ({found.raised} mới / new, {found.closed} xong / closed), "
        f"{found.settled} tệp đủ kết quả / settled, {found.unknown} chưa rõ / unknown, "
        f"{found.suspensions} đề nghị tạm dừng / suspensions proposed"
    )


@click.command()
@click.option("--every", type=click.IntRange(10, 86_400), help="Go on, once in so many seconds.")
@click.option("--while-input-open", is_flag=True, hidden=True, help="End when standard input ends.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def sweep(*, every: int | None, while_input_open: bool, as_json: bool) -> None:
    """Look for what was promised and is not done: rows that lack, stuck files and jobs, results that did
    not come after one and three working days, reports that are late. Settles what has all its answers.

    Runs apart from the queue, so that a dead queue is seen too: beside `ansinh serve`, by the clock of
    the system, or with --every. The findings stand on today's work.
    """
    rounds = 0
    if while_input_open:  # beside `ansinh serve`, which ends it; the pages come up first
        end_with_input()
        time.sleep(every or 0)
    while True:
        try:
            found = look(at=datetime.now(UTC), deep=rounds % DEEP_EVERY == 0)
            emit(asdict(found), _said(found), as_json=as_json)
        except OperationalError:  # the database is away: the next round finds it
            if every is None:
                raise
            connection.close()
        if every is None:
            return
        rounds += 1
        time.sleep(every)
