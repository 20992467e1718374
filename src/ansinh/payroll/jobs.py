# SPDX-License-Identifier: MPL-2.0
"""Calculations in the background, with progress on the page."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django.db import connections
from django.utils import timezone

from ansinh.background.queue import PASSING, job
from ansinh.payroll.actions.runs import RunFailed, do_run, end_run
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement


class StepNote:
    """Notes the step on a connection of its own: the calculation is one transaction, and nothing of it
    is seen before it commits."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self._connection = connections.create_connection("default")

    def __enter__(self) -> StepNote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def note(self, step: str, done: int, steps: int) -> None:
        """`done` of `steps` are over and `step` begins."""
        columns: dict[str, Any] = {
            "run": self.run_id, "step": step, "done": done, "steps": steps, "at": timezone.now(),
        }  # fmt: skip
        with self._connection.cursor() as cursor:
            cursor.execute(statement("payroll", "note_step"), columns)


@job("payroll.calculate", queue="payments")
def calculate_payroll(*, run_id: int) -> None:
    """Calculate a payroll that waits. A second run finds it done and does nothing."""
    with StepNote(run_id) as progress:
        try:
            do_run(run_id=run_id, at=timezone.now(), note=progress.note)
        except NotFromThisState as not_now:
            if not_now.fields.get("event") == "start":
                return
            end_run(run_id=run_id, at=timezone.now(), refused=not_now)
        except Refusal as refused:
            end_run(run_id=run_id, at=timezone.now(), refused=refused)
        except PASSING:
            raise
        except Exception:
            end_run(run_id=run_id, at=timezone.now(), refused=RunFailed())
            raise
        else:
            end_run(run_id=run_id, at=timezone.now())
