# SPDX-License-Identifier: MPL-2.0
"""The calculation of a period: each distinct case assessed once, joined back to everybody it holds
for, stored in one pass, computed again at random and added up before the state changes.

The number of statements does not depend on the number of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ansinh.approvals.actions import void_on_change
from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.payroll.actions.cases import Assessed, assess_staged, keep_law, look_back
from ansinh.payroll.actions.compare import compare
from ansinh.payroll.actions.content import content, keep_commune_totals, whole_hash
from ansinh.payroll.actions.discard import clear_working, discard_lines
from ansinh.payroll.actions.recheck import Totals, check_totals, recheck_lines
from ansinh.payroll.actions.store import stage_people, store_lines
from ansinh.payroll.facts import codes_of
from ansinh.payroll.lifecycles import ENTRY, PAYROLL, EntryState, PayrollState
from ansinh.payroll.models import Entry, Payroll
from ansinh.rules.known_law import law_known
from ansinh.rules.months import Month
from ansinh.rules.population import Result
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all

MOST_MONTHS_BACK = 24  # further back needs a decision: an entry by hand (vietnam.md 3.7)
MOST_A_LINE_VND = 50_000_000  # a line above is held and looked at (reliability A3.9)
UNCOLLECTED_MONTHS = 3  # TT 02/2021/TT-BLĐTBXH Điều 2.3
# What a calculation does, one after the other: what its page shows.
STEPS = ("waiting", "people", "cases", "lines", "totals", "recheck", "compare")
WORK_MEMORY = "256MB"
LONGEST_WAIT = "5min"  # for calculations that were asked for before


class NobodyMatches(Refusal):
    """Nobody in these communes has an award of this stream (or of the chosen codes): nobody is paid."""

    code = "PAYROLL_NOBODY"


class ClaimedMeanwhile(Refusal):
    """Another payroll took one of these months of these people a moment ago."""

    code = "PAYROLL_CLAIMED_MEANWHILE"


class CalculatingNow(Refusal):
    """The same payroll is being calculated by somebody else at this moment."""

    code = "PAYROLL_CALCULATING"


Note = Callable[[str, int, int], None]


def _unseen(_step: str, _done: int, _steps: int) -> None:
    """Nobody waits for the progress of this calculation."""


def calculate(
    *, payroll_id: int, by: Officer | None, at: datetime, on: date, note: Note = _unseen
) -> Payroll:
    """Calculate a payroll, or calculate it again (which voids its approvals).

    `on` is the day whose law is known; `note` is told which of `STEPS` begins. Raises
    `CalculatingNow`, `NobodyMatches`, `ClaimedMeanwhile`, `NotFromThisState` or a `TotalsDiffer`;
    then nothing has changed.
    """
    try:
        with transaction.atomic(), opened_to_all():
            note(*_step("waiting"))
            _one_at_a_time(payroll_id)
            payroll = Payroll.objects.select_for_update().select_related("unit").get(pk=payroll_id)
            target = PAYROLL.apply(PayrollState(payroll.state), "calculate")
            Payroll.objects.filter(pk=payroll_id).update(state=target.value)
            void_on_change(subject="payroll", subject_id=str(payroll_id), by=by, at=at)
            _settings()
            discard_lines(payroll_id=payroll_id)
            figures = _calculate(payroll, on, at, note)
            Payroll.objects.filter(pk=payroll_id).update(
                **figures, calculated_at=at, calculated_by=by, known_on=on, return_reason="",
                submission_id=None,
            )  # fmt: skip
            record(
                by=by.pk if by else None, at=at, act="payroll.calculate", subject="payroll",
                subject_id=payroll_id, unit_id=payroll.unit_id, details=_told(figures),
            )  # fmt: skip
    except IntegrityError as taken:
        if "payroll_claim" in str(taken):
            raise ClaimedMeanwhile from taken
        raise
    payroll.refresh_from_db()
    return payroll


def _told(figures: dict[str, Any]) -> dict[str, Any]:
    told = {key: figures[key] for key in ("people", "lines", "held", "total_vnd", "law_version")}
    return told | {"sha256": figures["content_sha256"].hex()}


def _step(name: str) -> tuple[str, int, int]:
    return name, STEPS.index(name), len(STEPS)


def _one_at_a_time(payroll_id: int) -> None:
    """The same payroll twice at once is refused; others follow one another: attaching a partition
    locks the parent, and the second sees what the first has claimed. A commune's takes a second, a
    province's some."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('payroll.calculate.this'), %s)", [payroll_id]
        )
        if not (cursor.fetchone() or (False,))[0]:
            raise CalculatingNow
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.calculate'))")


def _settings() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        cursor.execute("SET LOCAL jit = off")


def _calculate(payroll: Payroll, on: date, at: datetime, note: Note) -> dict[str, Any]:
    period = Month.of(payroll.period)
    law = law_known(load(), on=on, paid_from=period.first_day)
    lists = codes_of(law, stream=payroll.stream, only=payroll.codes)
    months = [each.first_day for each in Month.range(period, period + (payroll.months - 1))]
    values = {
        "payroll": payroll.pk, "stream": payroll.stream, "communes": payroll.communes,
        "period": payroll.period, "months": months, "last_paid": months[-1],
        "earliest": (period - MOST_MONTHS_BACK).first_day,
        "fresh_from": period.previous.first_day, "most": MOST_A_LINE_VND,
        "uncollected_months": UNCOLLECTED_MONTHS, "population_agrees": Result.MATCHED.value, **asdict(lists),
    }  # fmt: skip
    note(*_step("people"))
    past = look_back(payroll=payroll, law=law, values=values, on=on)
    values |= {
        "past_payrolls": past.payrolls, "past_periods": past.periods, "looked_at": past.looked_at,
        "changed_cases": past.changed_cases,
    }  # fmt: skip
    stage = stage_people(values=values)
    note(*_step("cases"))
    assessed = assess_staged(
        payroll_id=payroll.pk, stage=stage, law=law, codes=frozenset(lists.codes), province=settings.PROVINCE
    )
    values |= {"unowed_cases": assessed.unowed_cases, "people": assessed.people}
    used = _use_entries(payroll)
    if not assessed.people and not used:
        raise NobodyMatches(unit=payroll.unit.name, month=period.vi)
    note(*_step("lines"))
    settled = store_lines(values=values, stage=stage)
    note(*_step("totals"))
    parts = content(payroll_id=payroll.pk)
    totals = check_totals(parts=parts, expected_vnd=assessed.total_vnd - settled)
    keep_commune_totals(payroll_id=payroll.pk, parts=parts)
    note(*_step("recheck"))
    recheck_lines(payroll_id=payroll.pk, totals=totals, law=law, province=settings.PROVINCE)
    note(*_step("compare"))
    difference = compare(payroll=payroll, values=values)
    keep_law(version=law.version, at=at)
    clear_working(payroll_id=payroll.pk)
    return _figures(totals, assessed, law.version, whole_hash(parts)) | difference


def _use_entries(payroll: Payroll) -> int:
    """Waiting lines added by hand go with this payroll."""
    used = ENTRY.apply(EntryState.WAITING, "use")
    return Entry.objects.filter(
        stream=payroll.stream, state=EntryState.WAITING, commune_id__in=payroll.communes
    ).update(state=used.value, payroll=payroll)


def _figures(totals: Totals, assessed: Assessed, version: str, content_sha256: bytes) -> dict[str, Any]:
    return {
        "people": totals.people, "lines": totals.lines, "held": totals.held,
        "total_vnd": totals.total_vnd, "held_vnd": totals.held_vnd, "recover_vnd": totals.recover_vnd,
        "law_version": version, "unowed": assessed.unowed_people, "content_sha256": content_sha256,
    }  # fmt: skip
