# SPDX-License-Identifier: MPL-2.0
"""Targets from data, and the figures of a month frozen at its end."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.outreach.models import Figure, Target
from ansinh.payees.periods import for_day
from ansinh.places.queries import unit_on
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.statements import statement


class FiguresFrozen(Refusal):
    """The month's figures exist; fields: month, at."""

    code = "FIGURES_FROZEN"


class MonthNotOver(Refusal):
    """The month is not over; fields: month, on."""

    code = "MONTH_NOT_OVER"


@cache
def shipped_targets() -> list[dict[str, Any]]:
    """The targets that ship, as data."""
    text = (files("ansinh.outreach") / "data" / "targets.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def load_targets(*, by: Officer | None, at: datetime) -> int:
    """Load the targets that ship; those that are there stay. Returns how many are new."""
    made = 0
    with transaction.atomic():
        for each in shipped_targets():
            due = date.fromisoformat(each["due_on"])
            unit = unit_on(code=each["unit"], on=due)
            columns = {name: each[name] for name in
                       ("label", "label_en", "counted", "denominator", "permille", "reference")}  # fmt: skip
            _target, new = Target.objects.get_or_create(
                code=each["code"], unit=unit, defaults={**columns, "due_on": due}
            )
            made += int(new)
        if made:
            record(by=by.pk if by else None, at=at, act="outreach.load_targets", subject="targets",
                   subject_id=0, details={"new": made})  # fmt: skip
    return made


def freeze_month(*, month: Month, by: Officer | None, at: datetime) -> int:
    """Keep how every hamlet stands at the end of a month; one statement. Returns how many rows.

    Raises `MonthNotOver` or `FiguresFrozen`.
    """
    if Month.at(at) <= month:
        raise MonthNotOver(month=month.vi, on=month.next.first_day)
    with transaction.atomic():
        open_to_all()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outreach.freeze'))")
        known = Figure.objects.filter(month=month.first_day).first()
        if known is not None:
            raise FiguresFrozen(month=month.vi, at=known.frozen_at)
        for_day(on=month.last_day)
        with connection.cursor() as cursor:
            cursor.execute(statement("outreach", "freeze_month"), {"month": month.first_day, "at": at})
            made = int(cursor.rowcount)
        record(by=by.pk if by else None, at=at, act="outreach.freeze_month", subject="figures", subject_id=0,
               details={"month": str(month), "rows": made})  # fmt: skip
    return made
