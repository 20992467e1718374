# SPDX-License-Identifier: MPL-2.0
"""What would be sent, what is where, what may leave. Counts and sums are queries, never counters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ansinh.disbursement.items import Head, Item
from ansinh.disbursement.models import Envelope, Event
from ansinh.payees.records import opened_accounts
from ansinh.providers.directory import directory
from ansinh.rules.banks import Bank
from ansinh.rules.months import VIETNAM
from ansinh.rules.payments import PAYMENT, Payment
from ansinh.statements import statement

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a payroll: a channel, or what is held for a reason."""

    channel: str
    hold: str
    people: int
    lines: int
    sum_vnd: int


def rows(*, sql: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a SELECT as records."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def preview(*, payroll_id: int) -> list[Share]:
    """The split of a payroll by channel, and what is held; shown before anything is made."""
    found = rows(sql=statement("disbursement", "preview"), values={"payroll": payroll_id})
    return [Share(**each) for each in found]


def board(*, period: date | None, unit_ids: Iterable[int] | None) -> list[dict[str, Any]]:
    """Instructions by stream, period, channel and state, with counts and sums."""
    return rows(
        sql=statement("disbursement", "board"),
        values={"period": period, "communes": None if unit_ids is None else list(unit_ids)},
    )


def envelopes(*, unit_ids: Iterable[int] | None) -> QuerySet[Envelope]:
    """Envelopes of units, the newest first."""
    found = Envelope.objects.select_related("unit", "built_by", "sent_by").order_by("-built_at", "-pk")
    return found if unit_ids is None else found.filter(unit_id__in=list(unit_ids))


def state_of(*, instruction_id: int) -> Payment:
    """The state of one instruction: its latest event."""
    latest = Event.objects.filter(instruction_id=instruction_id).order_by("-seq").first()
    return Payment(latest.state_to) if latest else PAYMENT.initial


def history(*, person_id: int) -> list[dict[str, Any]]:
    """Every instruction for a person with its state, the newest first."""
    return rows(sql=statement("disbursement", "history"), values={"person": person_id})


def timeline(*, instruction_id: int) -> QuerySet[Event]:
    """What happened to an instruction, in order."""
    return Event.objects.filter(instruction_id=instruction_id).order_by("seq")


def head_of(*, envelope: Envelope) -> Head:
    """The head of an envelope's file."""
    made_on = envelope.built_at.astimezone(VIETNAM).date()
    return Head(
        envelope.reference, envelope.unit.name, envelope.stream, envelope.period, envelope.count,
        envelope.sum_vnd, made_on,
    )  # fmt: skip


def items_of(*, envelope: Envelope) -> Iterator[Item]:
    """The items of an envelope in order, account numbers opened; read in chunks, memory flat."""
    banks = {bank.code: bank for bank in directory().banks}
    unknown = Bank(code="", bin="", name="")
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement("disbursement", "items"), {"envelope": envelope.pk})
        while chunk := cursor.fetchmany(CHUNK):
            accounts = opened_accounts(row[8] for row in chunk)
            for row, account in zip(chunk, accounts, strict=True):
                place, id_, person, payee, holder, hamlet, channel, bank, _sealed, amount = row
                known = banks.get(bank, unknown)
                yield Item(
                    place, id_, person, payee, holder, hamlet, channel, bank, known.bin, known.name,
                    account, amount,
                )  # fmt: skip


def cash_list(*, unit_ids: Iterable[int], text: str, limit: int) -> list[dict[str, Any]]:
    """People paid in cash in these communes, those still to come first."""
    return rows(
        sql=statement("disbursement", "cash_list"),
        values={"units": list(unit_ids), "text": text, "limit": limit},
    )


def ends_of(*, envelope: Envelope, many: int = 5) -> list[dict[str, Any]]:
    """The first and last lines of an envelope, accounts masked."""
    return rows(
        sql=statement("disbursement", "ends"), values={"envelope": envelope.pk, "many": many,
                                                       "after": envelope.count - many},
    )  # fmt: skip
