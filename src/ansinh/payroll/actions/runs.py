# SPDX-License-Identifier: MPL-2.0
"""A calculation left to the background: asked for by a page, done by the worker, seen while it goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.background.queue import enqueue
from ansinh.payroll.actions.calculate import CalculatingNow, Note, calculate
from ansinh.payroll.lifecycles import PAYROLL, RUN, PayrollState, RunState
from ansinh.payroll.models import Payroll, Run
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all

LARGE = 10_000  # people: what a page can wait for (a second or two)


class RunFailed(Refusal):
    """The calculation broke off by a fault of ours."""

    code = "PAYROLL_RUN_FAILED"


def start(*, payroll_id: int, by: Officer, at: datetime, on: date) -> Run | None:
    """Calculate a small payroll now (None), or leave a large one to the background. Raises what
    `calculate` and `ask_for_calculation` raise."""
    payroll = Payroll.objects.get(pk=payroll_id)
    with transaction.atomic(), opened_to_all():
        large = Person.objects.filter(commune_id__in=payroll.communes)[LARGE:].exists()
    if large:
        return ask_for_calculation(payroll_id=payroll_id, by=by, at=at, on=on)
    calculate(payroll_id=payroll_id, by=by, at=at, on=on)
    return None


def ask_for_calculation(*, payroll_id: int, by: Officer, at: datetime, on: date) -> Run:
    """Leave a calculation to the background. Raises `CalculatingNow` while one waits or runs, or
    `NotFromThisState`."""
    try:
        with transaction.atomic():
            payroll = Payroll.objects.get(pk=payroll_id)
            PAYROLL.apply(PayrollState(payroll.state), "calculate")
            made = Run.objects.create(payroll=payroll, known_on=on, asked_at=at, asked_by=by)
            record(
                by=by.pk, at=at, act="payroll.ask_for_calculation", subject="payroll", subject_id=payroll_id,
                unit_id=payroll.unit_id, details={"run": made.pk},
            )  # fmt: skip
            enqueue(name="payroll.calculate", run_id=made.pk, lock=f"payroll-{payroll_id}")
    except IntegrityError as open_one:
        raise CalculatingNow from open_one
    return made


def do_run(*, run_id: int, at: datetime, note: Note) -> Payroll:
    """Do a calculation that waits, or one whose worker was killed. Raises what `calculate` raises, or
    `NotFromThisState` when it has ended."""
    _move(run_id, "start", started_at=at)
    run = Run.objects.select_related("asked_by").get(pk=run_id)
    return calculate(payroll_id=run.payroll_id, by=run.asked_by, at=at, on=run.known_on, note=note)


def end_run(*, run_id: int, at: datetime, refused: Refusal | None = None) -> None:
    """Note how a calculation ended. Raises `NotFromThisState`."""
    if refused is None:
        _move(run_id, "finish", ended_at=at)
    else:
        event = "fail" if isinstance(refused, RunFailed) else "refuse"
        _move(
            run_id, event, ended_at=at, refusal_code=refused.code, refusal_vi=refused.vi,
            refusal_en=refused.en,
        )  # fmt: skip


def _move(run_id: int, event: str, **columns: object) -> None:
    with transaction.atomic():
        run = Run.objects.select_for_update(of=("self",)).get(pk=run_id)
        target = RUN.apply(RunState(run.state), event)
        Run.objects.filter(pk=run_id).update(state=target.value, **columns)
