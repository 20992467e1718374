# SPDX-License-Identifier: MPL-2.0
"""Posting, reversing, budgets, closing. Part of the caller's transaction where a stage posts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.ledger.models import Budget, Closing, Posting
from ansinh.ledger.queries import conservation
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

_INSERT = (
    "INSERT INTO ledger_posting (source, commune_id, period, booked, cause, debit, credit, amount_vnd,"
    " person_id, origin, origin_id, origin_seq, reason, at, by)"
    " SELECT source, commune_id, period, %(booked)s::date, cause, debit, credit, amount_vnd, person_id,"
    " origin, origin_id, origin_seq, '', %(at)s::timestamptz, %(by)s::bigint FROM ({moves}) AS moved"
)


class ReversedAlready(Refusal):
    """A posting is reversed once."""

    code = "POSTING_REVERSED"


class ClosedAlready(Refusal):
    """The month is closed; fields: month."""

    code = "MONTH_CLOSED"


class SuspenseOpen(Refusal):
    """Money without a place is in the month; fields: month, amount, count."""

    code = "SUSPENSE_OPEN"


def insert_sql(moves: str) -> str:
    """The statement that posts a set, to stand in a caller's WITH beside what caused it. Bind
    `booked`, `at` and `by`; see `post` for what `moves` selects."""
    return _INSERT.replace("{moves}", moves)


def post(*, moves: str, values: Mapping[str, Any], booked: date, by: int | None, at: datetime) -> int:
    """Post a set: `moves` is a SELECT of (source, commune_id, period, cause, debit, credit,
    amount_vnd, person_id, origin, origin_id, origin_seq) with its `values`; returns how many.

    One statement for one or a million. The database refuses a move that is not in
    `rules.postings.MOVES`, a closed month, and a fact that was posted before.
    """
    with connection.cursor() as cursor:
        cursor.execute(insert_sql(moves), {**values, "booked": booked, "at": at, "by": by})
        return int(cursor.rowcount)


def reverse(*, posting_id: int, reason: str, booked: date, by: Officer, at: datetime) -> Posting:
    """Undo one posting by its mirror, once, with a reason. Raises `ReversedAlready`."""
    with transaction.atomic():
        was = Posting.objects.get(pk=posting_id)
        try:
            with transaction.atomic():
                made = Posting.objects.create(
                    source=was.source, commune_id=was.commune_id, period=was.period, booked=booked,
                    cause=was.cause, debit=was.credit, credit=was.debit, amount_vnd=was.amount_vnd,
                    person_id=was.person_id, origin="reversal", origin_id=was.pk, origin_seq=0,
                    reverses_id=was.pk, reason=reason, at=at, by=by.pk,
                )  # fmt: skip
        except IntegrityError as twice:
            raise ReversedAlready(posting=posting_id) from twice
        record(by=by.pk, at=at, act="ledger.reverse", subject="posting", subject_id=posting_id,
               unit_id=was.commune_id, details={"reason": reason, "by_posting": made.pk})  # fmt: skip
    return made


def record_budget(
    *, source: str, commune_id: int, year: int, amount_vnd: int, decision: str, decided_on: date,
    by: Officer, at: datetime,
) -> Budget:  # fmt: skip
    """Write down a decision that gives (or, negative, takes) money for a budget year."""
    with transaction.atomic():
        made = Budget.objects.create(
            source=source, commune_id=commune_id, year=year, amount_vnd=amount_vnd, decision=decision,
            decided_on=decided_on, at=at, by=by,
        )  # fmt: skip
        record(by=by.pk, at=at, act="ledger.budget", subject="budget", subject_id=made.pk,
               unit_id=commune_id, details={"source": source, "year": year, "vnd": amount_vnd,
                                            "decision": decision})  # fmt: skip
    return made


def close_month(*, source: str, commune_id: int, month: Month, by: Officer, at: datetime) -> Closing:
    """Close an accounting month: store the balances, let nothing be booked in it again.

    Raises `SuspenseOpen` (M8) or `ClosedAlready`. What else must be true before (statements equal,
    unpaid carried or refunded) is asked by the stage that knows it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # The trigger on postings takes this lock shared: they wait for us, or we for them (M10).
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.close'))")
        hanging = [
            each for each in conservation(source=source, commune_ids=[commune_id]) if each["suspense"] != 0
        ]
        if hanging:
            amount = sum(int(each["suspense"]) for each in hanging)
            raise SuspenseOpen(month=month.vi, amount=format_vnd(amount), count=len(hanging))
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_posting")
        last = int(cursor.fetchone()[0])
        try:
            with transaction.atomic():
                made = Closing.objects.create(
                    source=source, commune_id=commune_id, month=month.first_day, last_posting_id=last,
                    at=at, by=by,
                )  # fmt: skip
        except IntegrityError as twice:
            raise ClosedAlready(month=month.vi) from twice
        cursor.execute(
            statement("ledger", "store_closed_balances"),
            {"closing": made.pk, "source": source, "commune": commune_id, "month": month.first_day},
        )
        record(by=by.pk, at=at, act="ledger.close", subject="closing", subject_id=made.pk,
               unit_id=commune_id, details={"source": source, "month": str(month)})  # fmt: skip
    return made
