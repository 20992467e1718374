# SPDX-License-Identifier: MPL-2.0
"""`ansinh payroll`: prepare, calculate, submit, look, approve, lock, show, rebuild; the same acts as on the
pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from django.db import transaction
from django.utils import timezone

from ansinh.approvals.actions import approve as approve_submission
from ansinh.approvals.actions import open_group, open_submission
from ansinh.approvals.models import Submission
from ansinh.payroll.actions import calculate as calculating
from ansinh.payroll.actions import prepare as preparing
from ansinh.payroll.actions import rebuild as rebuilding
from ansinh.payroll.actions import submit as submitting
from ansinh.payroll.labels import GROUPS
from ansinh.payroll.models import STREAMS, Payroll
from ansinh.payroll.queries import rows_of_group
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.ui.console import emit

UNIT = click.option("--unit", required=True, help="Code of the unit, for example 20431.")
STREAM = click.option("--stream", type=click.Choice(STREAMS), required=True, help="Which money.")
PERIOD = click.option("--period", required=True, help="Month, for example 2024-03.")
ACTOR = click.option("--by", "username", required=True, help="User name of the officer who acts.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class PayrollNotFound(Refusal):
    """No payroll of this unit, stream and month; fields: unit, stream, month."""

    code = "PAYROLL_NOT_FOUND"


@click.group()
def payroll() -> None:
    """Payrolls of a unit, stream and month."""


def found(unit: str, stream: str, period: str) -> Payroll:
    """The newest payroll of a unit, stream and month. Raises `PayrollNotFound`."""
    month = Month.parse(period)
    where = unit_on(code=unit, on=month.first_day)
    same = Payroll.objects.filter(unit=where, stream=stream, period=month.first_day)
    newest = same.exclude(state="cancelled").order_by("-number").first()
    if newest is None:
        raise PayrollNotFound(unit=where.name, stream=stream, month=month.vi)
    return newest


def told(made: Payroll) -> dict[str, Any]:
    """The machine contract of a payroll (docs/reference/payroll.md)."""
    return {
        "payroll": made.pk, "unit": made.unit.code, "stream": made.stream,
        "period": str(Month.of(made.period)),
        "number": made.number, "state": made.state, "people": made.people, "lines": made.lines,
        "held": made.held, "unowed": made.unowed, "unexplained": made.unexplained,
        "total_vnd": made.total_vnd, "held_vnd": made.held_vnd, "recover_vnd": made.recover_vnd,
        "law_version": made.law_version, "known_on": made.known_on.isoformat() if made.known_on else None,
        "content_sha256": bytes(made.content_sha256 or b"").hex(),
    }  # fmt: skip


def _show(made: Payroll, *, as_json: bool) -> None:
    made.refresh_from_db()
    text = (
        f"{submitting.title_of(payroll=made)}: {made.state}\n"
        f"  {made.people} người, {made.lines} dòng, {format_vnd(made.total_vnd)}; giữ {made.held}"
        f" ({format_vnd(made.held_vnd)}); thu hồi {format_vnd(made.recover_vnd)}; chưa có lý do"
        f" {made.unexplained}\n  {bytes(made.content_sha256 or b'').hex()}"
    )
    emit(told(made), text, as_json=as_json)


def _officer(username: str) -> Officer:
    officer = Officer.objects.filter(username=username, is_active=True).first()
    if officer is None:
        raise click.BadParameter(f"--by: {username}")
    return officer


def _day(text: str | None, now: datetime) -> date:
    return date.fromisoformat(text) if text else timezone.localdate(now)


@payroll.command("prepare")
@UNIT
@STREAM
@PERIOD
@ACTOR
@click.option("--months", type=click.IntRange(1, 2), default=1, help="2: two months together (Tết).")
@click.option("--code", "codes", multiple=True, help="Only these codes of the law.")
@AS_JSON
def prepare_command(
    *, unit: str, stream: str, period: str, username: str, months: int, codes: tuple[str, ...], as_json: bool
) -> None:
    """Begin a payroll."""
    month = Month.parse(period)
    where: Unit = unit_on(code=unit, on=month.first_day)
    made = preparing.prepare(
        unit=where, stream=stream, period=month, months=months, codes=list(codes), by=_officer(username),
        at=timezone.now(),
    )  # fmt: skip
    _show(made, as_json=as_json)


@payroll.command("calculate")
@UNIT
@STREAM
@PERIOD
@ACTOR
@click.option("--on", help="The day whose law is known (default: today), for example 2024-02-20.")
@AS_JSON
def calculate_command(
    *, unit: str, stream: str, period: str, username: str, on: str | None, as_json: bool
) -> None:
    """Calculate a payroll, or calculate it again (approvals are void then)."""
    now = timezone.now()
    made = calculating.calculate(
        payroll_id=found(unit, stream, period).pk, by=_officer(username), at=now, on=_day(on, now)
    )
    _show(made, as_json=as_json)


@payroll.command("submit")
@UNIT
@STREAM
@PERIOD
@ACTOR
@AS_JSON
def submit_command(*, unit: str, stream: str, period: str, username: str, as_json: bool) -> None:
    """Hand a payroll in for two approvals."""
    made = found(unit, stream, period)
    submitting.submit(payroll_id=made.pk, by=_officer(username), at=timezone.now())
    _show(made, as_json=as_json)


@payroll.command("look")
@UNIT
@STREAM
@PERIOD
@ACTOR
@click.option("--group", type=click.Choice(tuple(GROUPS)), required=True, help="What to look at.")
@AS_JSON
def look_command(*, unit: str, stream: str, period: str, username: str, group: str, as_json: bool) -> None:
    """Print a group that an approver opens before approving, and record that it was opened."""
    made, by = found(unit, stream, period), _officer(username)
    with transaction.atomic(), opened_to_all():
        rows = rows_of_group(payroll=made, group=group)
    opened = open_group(subject="payroll", subject_id=str(made.pk), group=group, by=by, at=timezone.now())
    text = "\n".join("  ".join(str(cell) for cell in row.values()) for row in rows) or "–"
    emit({"payroll": made.pk, "group": group, "opened": opened, "rows": rows}, text, as_json=as_json)


@payroll.command("approve")
@UNIT
@STREAM
@PERIOD
@ACTOR
@click.option("--sha256", required=True, help="The content hash that the signed paper shows.")
@AS_JSON
def approve_command(
    *, unit: str, stream: str, period: str, username: str, sha256: str, as_json: bool
) -> None:
    """Approve exactly the content with this hash, having looked at each of its groups."""
    made, by, now = found(unit, stream, period), _officer(username), timezone.now()
    submission = Submission.objects.get(pk=made.submission_id or 0)
    open_submission(submission_id=submission.pk, by=by, at=now)
    approve_submission(
        submission_id=submission.pk, content_sha256=sha256, by=by, at=timezone.now(),
        on=timezone.localdate(now),
    )  # fmt: skip
    _show(made, as_json=as_json)


@payroll.command("lock")
@UNIT
@STREAM
@PERIOD
@ACTOR
@AS_JSON
def lock_command(*, unit: str, stream: str, period: str, username: str, as_json: bool) -> None:
    """Lock an approved payroll: it can be paid, and nothing changes it any more."""
    made = found(unit, stream, period)
    submitting.lock(payroll_id=made.pk, by=_officer(username), at=timezone.now())
    _show(made, as_json=as_json)


@payroll.command("show")
@UNIT
@STREAM
@PERIOD
@AS_JSON
def show_command(*, unit: str, stream: str, period: str, as_json: bool) -> None:
    """Show the figures of a payroll."""
    _show(found(unit, stream, period), as_json=as_json)


@payroll.command("rebuild")
@PERIOD
@click.option("--check", is_flag=True, help="Exit 1 when a payroll is not the same to the byte.")
@AS_JSON
def rebuild_command(*, period: str, check: bool, as_json: bool) -> None:
    """Compute the settled payrolls of a month again from snapshot and law, and compare the bytes."""
    month = Month.parse(period)
    settled = Payroll.objects.filter(period=month.first_day, state__in=("locked", "handed_over"))
    every = [rebuilding.rebuild(payroll=each) for each in settled.order_by("pk")]
    payload = {
        "period": str(month), "payrolls": len(every), "same": all(each.same for each in every),
        "rebuilt": [
            {"payroll": e.payroll_id, "stored": e.stored, "again": e.again, "cases": e.cases} for e in every
        ],
    }  # fmt: skip
    lines = [f"{'✓' if each.same else '✗'} {each.payroll_id} {each.again}" for each in every]
    emit(payload, "\n".join(lines) or f"{month.vi}: –", as_json=as_json)
    if check and not payload["same"]:
        raise click.exceptions.Exit(1)
