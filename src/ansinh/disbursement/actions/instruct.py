# SPDX-License-Identifier: MPL-2.0
"""From a locked payroll to instructions: one a payee, all in one transaction, totals compared first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.sent_notes import require_newest
from ansinh.disbursement.queries import Share, preview
from ansinh.ledger.actions import post
from ansinh.ledger.queries import open_month
from ansinh.payroll.actions.submit import hand_over
from ansinh.payroll.models import Payroll
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement


class NotLocked(Refusal):
    """Only a locked payroll is paid; fields: state."""

    code = "PAYROLL_NOT_LOCKED"


class InstructedAlready(Refusal):
    """The payroll has its instructions."""

    code = "INSTRUCTED_ALREADY"


class NobodyToPay(Refusal):
    """No line of the payroll is payable: nobody is paid, and this is said."""

    code = "NOBODY_TO_PAY"


class SplitChanged(Refusal):
    """The split that was confirmed is not what the payroll says now."""

    code = "SPLIT_CHANGED"


class LinesMissing(Refusal):
    """The instructions do not add up to the payable lines; fields: lines, linked, sum, instructed."""

    code = "INSTRUCTIONS_DO_NOT_ADD_UP"


Split = Mapping[str, tuple[int, int]]


def split_of(*, shares: list[Share]) -> dict[str, tuple[int, int]]:
    """channel -> (instructions, sum): what an officer confirms."""
    return {each.channel: (each.people, each.sum_vnd) for each in shares if not each.hold}


def instruct(*, payroll_id: int, confirmed: Split, by: Officer, at: datetime) -> int:
    """Make the instructions of a locked payroll, with the split that was shown and confirmed.

    Returns how many. Raises `NotLocked`, `InstructedAlready`, `NobodyToPay`, `SplitChanged`,
    `LinesMissing` or `OlderThanSent`; then nothing is made.
    """
    with transaction.atomic(), opened_to_all():
        require_newest()
        payroll = Payroll.objects.select_for_update().get(pk=payroll_id)
        if payroll.state == "handed_over":
            raise InstructedAlready
        if payroll.state != "locked":
            raise NotLocked(state=payroll.state)
        found = split_of(shares=preview(payroll_id=payroll_id))
        if not found:
            raise NobodyToPay
        if dict(confirmed) != found:
            raise SplitChanged
        failpoint("instruct.before_rows")
        count = _make(payroll, at)
        _add_up(payroll_id)
        failpoint("instruct.before_posting")
        booked = open_month(source=payroll.stream, commune_ids=payroll.communes, wanted=Month.at(at))
        post(
            moves=statement("disbursement", "approved_postings"), values={"payroll": payroll_id},
            booked=booked.first_day, by=by.pk, at=at,
        )  # fmt: skip
        hand_over(payroll_id=payroll_id, by=by.pk, at=at)
        record(
            by=by.pk, at=at, act="disbursement.instruct", subject="payroll", subject_id=payroll_id,
            unit_id=payroll.unit_id, details={"instructions": count, "split": found},
        )  # fmt: skip
        failpoint("instruct.before_commit")
    failpoint("instruct.after_commit")
    return count


def head_digits(*, period_year: int, period_month: int) -> str:
    """The digits that an end-to-end id begins with: province, year, month."""
    return f"{settings.PROVINCE:0>2}{period_year % 100:02d}{period_month:02d}"


def _make(payroll: Payroll, at: datetime) -> int:
    values: dict[str, Any] = {
        "payroll": payroll.pk, "stream": payroll.stream, "period": payroll.period, "at": at,
        "head": head_digits(period_year=payroll.period.year, period_month=payroll.period.month),
    }  # fmt: skip
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement("disbursement", "instruct"), values)
        except IntegrityError as twice:
            raise InstructedAlready from twice
        count = int(cursor.rowcount)
        failpoint("instruct.between_rows_and_parts")
        cursor.execute(statement("disbursement", "link_parts"), values)
    return count


def _add_up(payroll_id: int) -> None:
    """Every payable line is in exactly one instruction, and the sums agree to the đồng."""
    with connection.cursor() as cursor:
        cursor.execute(statement("disbursement", "add_up"), {"payroll": payroll_id})
        lines, lines_vnd, parts, parts_vnd, made_vnd = cursor.fetchone()
    if (lines, lines_vnd) != (parts, parts_vnd) or made_vnd != lines_vnd:
        raise LinesMissing(lines=lines, linked=parts, sum=lines_vnd, instructed=made_vnd)
