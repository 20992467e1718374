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
from ansinh.disbursement.models import CashLimit, Enclosed, Envelope, Event, Instruction
from ansinh.payees.models import Mandate
from ansinh.payees.records import account_indexes, opened_accounts
from ansinh.providers.directory import directory
from ansinh.rules.banks import Bank
from ansinh.rules.months import VIETNAM
from ansinh.rules.payments import PAYMENT, Payment
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class CashLine:
    """One line of a cash list."""

    id: int
    commune_id: int
    person_name: str
    payee_name: str
    payee_kind: str
    hamlet: str
    channel: str
    amount_vnd: int
    end_to_end_id: str
    period: date
    state: str


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


class SnapshotDiffers(Refusal):
    """An account number opens to another account than the one that was approved; fields: end_to_end_id."""

    code = "SNAPSHOT_DIFFERS"


def _opened(chunk: list[Any]) -> dict[int, str]:
    """place -> account number in clear, each compared with the blind index of its snapshot. Raises
    `SnapshotDiffers`."""
    sealed = [row for row in chunk if row[8] is not None]
    numbers = opened_accounts(row[8] for row in sealed)
    marks = account_indexes([(row[7], number) for row, number in zip(sealed, numbers, strict=True)])
    for row, mark in zip(sealed, marks, strict=True):
        if bytes(row[9]) != mark:
            raise SnapshotDiffers(end_to_end_id=row[1])
    return {row[0]: number for row, number in zip(sealed, numbers, strict=True)}


def items_of(*, envelope: Envelope) -> Iterator[Item]:
    """The items of an envelope in order, account numbers opened; read in chunks, memory flat. Raises
    `SnapshotDiffers`."""
    banks = {bank.code: bank for bank in directory().banks}
    unknown = Bank(code="", bin="", name="")
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement("disbursement", "items"), {"envelope": envelope.pk})
        while chunk := cursor.fetchmany(CHUNK):
            opened = _opened(chunk)
            for place, id_, person, payee, holder, hamlet, channel, bank, _enc, _bidx, amount in chunk:
                known = banks.get(bank, unknown)
                account = opened.get(place, "")
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


def cash_lines(*, envelope_id: int, unit_ids: Iterable[int]) -> list[CashLine]:
    """The lines of a cash list in communes, by hamlet."""
    found = rows(
        sql=statement("disbursement", "cash_lines"),
        values={"envelope": envelope_id, "units": list(unit_ids)},
    )
    return [CashLine(**each) for each in found]


def cash_lists(*, unit_ids: Iterable[int], period: date | None = None) -> list[dict[str, Any]]:
    """The cash lists that left, one row a list and commune: how many came, did not come, are left."""
    return rows(
        sql=statement("disbursement", "cash_lists"), values={"units": list(unit_ids), "period": period}
    )


def cash_days(*, unit_ids: Iterable[int], on: date, limit: int = 40) -> list[dict[str, Any]]:
    """Cash day by day: drawn, paid, brought back, what must lie there in the evening, what was counted."""
    return rows(
        sql=statement("disbursement", "cash_days"),
        values={"units": list(unit_ids), "on": on, "limit": limit},
    )


def cash_expected(*, commune_id: int, on: date) -> int:
    """What must lie in a commune's box in the evening of a day."""
    found = cash_days(unit_ids=[commune_id], on=on, limit=1)
    return int(found[0]["evening"]) if found else 0


def advances(*, unit_ids: Iterable[int], period: date | None = None) -> list[dict[str, Any]]:
    """The advances for cash: drawn, paid, not collected, brought back, owed, still with who pays."""
    return rows(sql=statement("disbursement", "advance"), values={"units": list(unit_ids), "period": period})


def cash_limit(*, commune_id: int, on: date) -> CashLimit | None:
    """The limit of a commune on a day, None when nobody set one."""
    found = CashLimit.objects.filter(commune_id=commune_id, valid_from__lte=on)
    return found.order_by("-valid_from").first()


def paid_elsewhere(*, instruction_id: int) -> str:
    """The id of another instruction that pays, or may pay, the same lines; '' when there is none."""
    found = rows(sql=statement("disbursement", "paid_elsewhere"), values={"instruction": instruction_id})
    return str(found[0]["end_to_end_id"]) if found else ""


def envelopes_of(*, instruction_id: int) -> QuerySet[Envelope]:
    """The files that an instruction was in, the newest first."""
    inside = Enclosed.objects.filter(instruction_id=instruction_id).values("envelope_id")
    return Envelope.objects.filter(pk__in=inside).order_by("-pk")


def mandate_of(*, instruction: Instruction) -> Mandate | None:
    """The mandate by which somebody collects for another."""
    return Mandate.objects.filter(pk=instruction.mandate_id or 0).first()


def slip_state(*, code_bidx: bytes) -> str:
    """The state behind a slip's code, '' when no slip has it. It says nothing else."""
    found = rows(sql="SELECT state FROM disbursement_slip_status(%(mark)s)", values={"mark": code_bidx})
    return str(found[0]["state"]) if found else ""
