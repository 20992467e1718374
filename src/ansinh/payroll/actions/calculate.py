# SPDX-License-Identifier: MPL-2.0
"""The calculation of a period: each distinct case assessed once, joined back to everybody it holds
for, stored in one pass, computed again at random and added up before the state changes.

The number of statements does not depend on the number of people.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ansinh.approvals.actions import void_on_change
from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.payees.periods import for_period
from ansinh.payroll.actions.cases import Assessed, assess_staged, changed_cases, keep_law
from ansinh.payroll.actions.compare import compare
from ansinh.payroll.actions.discard import clear_working, discard_lines
from ansinh.payroll.actions.recheck import Totals, check_totals, recheck_lines
from ansinh.payroll.facts import codes_of
from ansinh.payroll.lifecycles import ENTRY, PAYROLL, EntryState, PayrollState
from ansinh.payroll.models import Entry, Payroll
from ansinh.rules.known_law import law_known
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

MOST_MONTHS_BACK = 24  # further back needs a decision: an entry by hand (vietnam.md 3.7)
MOST_A_LINE_VND = 50_000_000  # a line above is held and looked at (reliability A3.9)
UNCOLLECTED_MONTHS = 3  # TT 02/2021/TT-BLĐTBXH Điều 2.3
WORK_MEMORY = "256MB"
LONGEST_WAIT = "5min"  # for calculations that were asked for before


class NobodyMatches(Refusal):
    """Nobody in these communes has an award of this stream (or of the chosen codes): nobody is paid."""

    code = "PAYROLL_NOBODY"


class ClaimedMeanwhile(Refusal):
    """Another payroll took one of these months of these people a moment ago."""

    code = "PAYROLL_CLAIMED_MEANWHILE"


def calculate(*, payroll_id: int, by: Officer | None, at: datetime, on: date) -> Payroll:
    """Calculate a payroll, or calculate it again (which voids its approvals).

    `on` is the day whose law is known. Raises `NobodyMatches`, `ClaimedMeanwhile`,
    `NotFromThisState` or a `TotalsDiffer`; then nothing has changed.
    """
    try:
        with transaction.atomic(), opened_to_all():
            _one_at_a_time()
            payroll = Payroll.objects.select_for_update().select_related("unit").get(pk=payroll_id)
            target = PAYROLL.apply(PayrollState(payroll.state), "calculate")
            Payroll.objects.filter(pk=payroll_id).update(state=target.value)
            void_on_change(subject="payroll", subject_id=str(payroll_id), by=by, at=at)
            _settings()
            discard_lines(payroll_id=payroll_id)
            figures = _calculate(payroll, on, at)
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


def _one_at_a_time() -> None:
    """Calculations follow one another: attaching a partition locks the parent, and the second sees
    what the first has claimed. A commune's takes a second, a province's some."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.calculate'))")


def _settings() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        cursor.execute("SET LOCAL jit = off")


def _calculate(payroll: Payroll, on: date, at: datetime) -> dict[str, Any]:
    period = Month.of(payroll.period)
    law = law_known(load(), on=on, paid_from=period.first_day)
    lists = codes_of(law, stream=payroll.stream, only=payroll.codes)
    months = [each.first_day for each in Month.range(period, period + (payroll.months - 1))]
    values = {
        "payroll": payroll.pk, "stream": payroll.stream, "communes": payroll.communes,
        "period": payroll.period, "months": months, "earliest": (period - MOST_MONTHS_BACK).first_day,
        "fresh_from": period.previous.first_day, "most": MOST_A_LINE_VND,
        "uncollected_months": UNCOLLECTED_MONTHS, **asdict(lists),
    }  # fmt: skip
    values["changed_cases"] = changed_cases(payroll=payroll, law=law, values=values, on=on)
    _stage(values)
    assessed = assess_staged(
        payroll_id=payroll.pk, law=law, codes=frozenset(lists.codes), province=settings.PROVINCE
    )
    values["unowed_cases"] = assessed.unowed_cases
    values["claim_months"] = sorted({*assessed.months, *months})
    used = _use_entries(payroll)
    if not assessed.people and not used:
        raise NobodyMatches(unit=payroll.unit.name, month=period.vi)
    settled = _store(values)
    totals = check_totals(payroll_id=payroll.pk, expected_vnd=assessed.total_vnd - settled)
    recheck_lines(payroll_id=payroll.pk, totals=totals, law=law, province=settings.PROVINCE)
    difference = compare(payroll=payroll, values=values)
    keep_law(version=law.version, at=at)
    clear_working(payroll_id=payroll.pk)
    return _figures(payroll, totals, assessed, law.version) | difference


def _stage(values: dict[str, Any]) -> None:
    """Who is wanted for which month, their facts, and what holds them."""
    people = statement("payroll", "stage_people")
    with connection.cursor() as cursor:
        for wanted in ("wanted_now", "wanted_before"):
            cursor.execute(people.replace("{wanted}", statement("payroll", wanted)), values)
        cursor.execute(statement("payroll", "stage_holds"), values)
        cursor.execute("ANALYZE payroll_stage_person")


def _use_entries(payroll: Payroll) -> int:
    """Waiting lines added by hand go with this payroll."""
    used = ENTRY.apply(EntryState.WAITING, "use")
    return Entry.objects.filter(
        stream=payroll.stream, state=EntryState.WAITING, commune_id__in=payroll.communes
    ).update(state=used.value, payroll=payroll)


def _store(values: dict[str, Any]) -> int:
    """Lines into a fresh partition, the partition attached, claims, what is not owed; returns what
    other payrolls had paid in full already."""
    for_period(month=Month.of(values["period"]))  # who receives the money in that month
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_open_partition(%(payroll)s)", values)
        partition = str((cursor.fetchone() or ("",))[0])
        # What the working tables hold is hard to guess; a nested loop chosen in error never ends.
        cursor.execute("SET LOCAL enable_nestloop = off")
        insert = statement("payroll", "insert_lines")
        cursor.execute(insert.replace("{partition}", partition), values)
        cursor.execute("SELECT payroll_close_partition(%(payroll)s)", values)
        cursor.execute(statement("payroll", "commune_totals"), values)
        cursor.execute(statement("payroll", "insert_unowed"), values)
        cursor.execute(statement("payroll", "settled_before"), values)
        settled = int((cursor.fetchone() or (0,))[0])
        cursor.execute(statement("payroll", "insert_claims"), values)
        cursor.execute(statement("payroll", "carry_claims"), values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return settled


def _figures(payroll: Payroll, totals: Totals, assessed: Assessed, version: str) -> dict[str, Any]:
    return {
        "people": totals.people, "lines": totals.lines, "held": totals.held,
        "total_vnd": totals.total_vnd, "held_vnd": totals.held_vnd, "recover_vnd": totals.recover_vnd,
        "law_version": version, "unowed": assessed.unowed_people,
        "content_sha256": content_hash(payroll_id=payroll.pk),
    }  # fmt: skip


def content_hash(*, payroll_id: int) -> bytes:
    """SHA-256 of everything that a payroll pays, from what is stored now."""
    text = statement("payroll", "content_hash").replace("{amount}", "l.amount_vnd").replace("{rebuilt}", "")
    with connection.cursor() as cursor:
        cursor.execute(text, {"payroll": payroll_id})
        row = cursor.fetchone()
    assert row is not None
    return bytes(row[0])
