# SPDX-License-Identifier: MPL-2.0
"""Beginning a period's payroll, and giving one up."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.payroll.actions.discard import discard_lines
from ansinh.payroll.facts import codes_of
from ansinh.payroll.lifecycles import PAYROLL, SETTLED, PayrollState
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.places.queries import units_covered, with_history
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all


class PayrollExists(Refusal):
    """The unit has a payroll of this stream and month; fields: unit, month, state."""

    code = "PAYROLL_EXISTS"


class NoSuchCodes(Refusal):
    """The filter names codes that the stream does not have; fields: codes."""

    code = "PAYROLL_FILTER_UNKNOWN"


def covered_communes(*, unit: Unit, month: Month) -> list[int]:
    """The ids of every unit whose people a payroll of this unit pays: today's and those they were
    made of, whose records may still carry the old id."""
    below = units_covered(unit_ids=[unit.pk], on=month.first_day)
    return sorted(with_history(unit_ids={unit.pk} | below))


def prepare(
    *, unit: Unit, stream: str, period: Month, by: Officer | None, at: datetime, months: int = 1,
    codes: list[str] | None = None,
) -> Payroll:  # fmt: skip
    """Begin the payroll of a unit, stream and month: the first one, or a supplement when the month's
    payrolls are all settled. `months` 2 pays the next month together with it. `codes` narrows it.
    Raises `PayrollExists` or `NoSuchCodes`."""
    asked = sorted(set(codes or []))
    known = codes_of(load(), stream=stream, only=asked).codes
    if unknown := [code for code in asked if code not in known]:
        raise NoSuchCodes(codes=", ".join(unknown))
    same = Payroll.objects.filter(unit=unit, stream=stream, period=period.first_day).exclude(
        state="cancelled"
    )
    if open_one := same.exclude(state__in=SETTLED).first():
        raise PayrollExists(unit=unit.name, month=period.vi, state=open_one.state)
    try:
        with transaction.atomic():
            made = Payroll.objects.create(
                unit=unit, stream=stream, period=period.first_day, months=months, codes=asked,
                number=same.count() + 1, communes=covered_communes(unit=unit, month=period),
                prepared_at=at, prepared_by=by,
            )  # fmt: skip
            record(
                by=by.pk if by else None, at=at, act="payroll.prepare", subject="payroll",
                subject_id=made.pk, unit_id=unit.pk,
                details={"stream": stream, "period": str(period), "months": months, "codes": asked},
            )  # fmt: skip
    except IntegrityError as first:
        raise PayrollExists(unit=unit.name, month=period.vi, state="preparing") from first
    return made


def cancel(*, payroll_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Give a payroll up before it is submitted; its claims are free again. Raises
    `NotFromThisState`."""
    with transaction.atomic(), opened_to_all():
        found = Payroll.objects.select_for_update().get(pk=payroll_id)
        target = PAYROLL.apply(PayrollState(found.state), "cancel")
        discard_lines(payroll_id=payroll_id)
        Payroll.objects.filter(pk=payroll_id).update(state=target.value, content_sha256=None)
        record(by=by.pk, at=at, act="payroll.cancel", subject="payroll", subject_id=payroll_id,
               unit_id=found.unit_id, details={"reason": reason[:300]})  # fmt: skip
