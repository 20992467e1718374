# SPDX-License-Identifier: MPL-2.0
"""The sweep: promised rows against done rows, what is stuck, results that did not come; run by the clock
apart from the queue, so that a dead queue is seen too. Each finding is an alarm until it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ansinh.disbursement.actions.settle import settle_answered
from ansinh.disbursement.actions.unclaimed import propose_suspensions
from ansinh.disbursement.queries import rows
from ansinh.providers.queries import report_days
from ansinh.reconciliation.actions.returns import mark_unknown
from ansinh.reconciliation.models import Alarm
from ansinh.rules.months import VIETNAM, Month
from ansinh.rules.working_days import working_day_before, working_days_since
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

FIRST, LATE = 1, 3  # working days after sending (R8)
REPORT_DAY = 20  # of the month that is paid, unless the contract says another
LOOKS_BACK = 5  # months


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: `since` is when it began to wait."""

    kind: str
    subject: str
    subject_id: int
    unit_id: int | None
    since: datetime
    count: int
    amount_vnd: int = 0


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep found and did."""

    open: int
    raised: int
    closed: int
    settled: int
    unknown: int
    suspensions: int


def sweep(*, at: datetime, deep: bool = True) -> Swept:
    """Look everywhere once. `deep` counts promised rows too, which reads whole payrolls."""
    on = at.astimezone(VIETNAM).date()
    with transaction.atomic(), opened_to_all():
        settled = settle_answered(at=at)
        unknown = mark_unknown(sent_before=_start_of(working_day_before(on, FIRST)), by=None, at=at)
        suspensions = propose_suspensions(since=_first_looked_at(at), at=at) if deep else 0
        found = [*_stuck(at), *_without_result(on), *(_missing_rows(at) if deep else ())]
        kinds = {"stuck", "job_stuck", "no_result", "no_result_late", "report_late"}
        raised, closed = _keep(found, kinds | ({"rows_missing"} if deep else set()), at)
    return Swept(len(found), raised, closed, settled, unknown, suspensions)


def _start_of(day: date) -> datetime:
    """The end of a day in Viet Nam: what was sent on it has had that many working days."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(days=1)


def _first_looked_at(at: datetime) -> Month:
    first = Month.at(at)
    for _back in range(LOOKS_BACK):
        first = first.previous
    return first


def _missing_rows(at: datetime) -> Iterable[Found]:
    values = {"from": _first_looked_at(at).first_day}
    for row in rows(sql=statement("reconciliation", "promised"), values=values):
        yield Found("rows_missing", row["subject"], row["subject_id"], row["unit_id"], row["since"],
                    row["missing"], row["missing_vnd"])  # fmt: skip


def _stuck(at: datetime) -> Iterable[Found]:
    ago = {
        "quarter": timedelta(minutes=15), "hour": timedelta(hours=1), "day": timedelta(days=1),
        "three_days": timedelta(days=3), "week": timedelta(days=7),
    }  # fmt: skip
    values = {"at": at, **{name: at - span for name, span in ago.items()}}
    for row in rows(sql=statement("reconciliation", "stuck"), values=values):
        yield Found(row["kind"], row["subject"], row["subject_id"], row["unit_id"], row["since"],
                    row["count"], row["sum_vnd"])  # fmt: skip


def _without_result(on: date) -> Iterable[Found]:
    days = report_days(on=on)
    for row in rows(sql=statement("reconciliation", "without_result"), values={}):
        kind = ""
        if row["cash"]:
            due = row["period"].replace(day=min(days.get(row["unit_id"], REPORT_DAY), 28))
            kind = "report_late" if on >= due else ""
        else:
            waited = working_days_since(row["since"].astimezone(VIETNAM).date(), on)
            kind = "no_result_late" if waited >= LATE else "no_result" if waited >= FIRST else ""
        if kind:
            yield Found(kind, "envelope", row["id"], row["unit_id"], row["since"], row["count"],
                        row["sum_vnd"])  # fmt: skip


def _keep(found: list[Found], kinds: set[str], at: datetime) -> tuple[int, int]:
    """Raise what is new, refresh what is still there, close what is gone; returns (raised, closed)."""
    known = {
        (each.kind, each.subject, each.subject_id): each
        for each in Alarm.objects.select_for_update().filter(closed_at__isnull=True, kind__in=kinds)
    }
    now = {(each.kind, each.subject, each.subject_id): each for each in found}
    for key in known.keys() & now.keys():
        Alarm.objects.filter(pk=known[key].pk).update(
            last_at=at, count=now[key].count, amount_vnd=now[key].amount_vnd
        )
    gone = [known[key].pk for key in known.keys() - now.keys()]
    Alarm.objects.filter(pk__in=gone).update(closed_at=at)
    made = Alarm.objects.bulk_create(
        Alarm(kind=each.kind, unit_id=each.unit_id, subject=each.subject, subject_id=each.subject_id,
              count=each.count, amount_vnd=each.amount_vnd, since=each.since, first_at=at, last_at=at)
        for key, each in now.items() if key not in known
    )  # fmt: skip
    return len(made), len(gone)
