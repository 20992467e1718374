# SPDX-License-Identifier: MPL-2.0
"""The pay day: checked before money is handed over, marked with its receipt, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.actions.single import locked
from ansinh.disbursement.models import Event, Instruction
from ansinh.disbursement.queries import state_of
from ansinh.rules.failpoints import failpoint
from ansinh.rules.payments import Payment
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

RECEIPTS = ("signature", "thumbprint", "photo")


class PaidAlready(Refusal):
    """Somebody was given this money before; fields: at, state."""

    code = "CASH_PAID_ALREADY"


class NotWithAgent(Refusal):
    """The money of this person is not at the pay point; fields: state."""

    code = "CASH_NOT_WITH_AGENT"


class ReceiptMissing(Refusal):
    """No receipt was named."""

    code = "CASH_RECEIPT_MISSING"


def _ready(one: Instruction) -> None:
    state = state_of(instruction_id=one.pk)
    if state == Payment.WITH_AGENT:
        return
    last = Event.objects.filter(instruction_id=one.pk).order_by("-seq").first()
    if state in {Payment.COLLECTED, Payment.PAID} and last is not None:
        raise PaidAlready(at=last.at, state=state.value)
    raise NotWithAgent(state=state.value)


def hand_to_payee(*, instruction_id: int, receipt: str, supervisor: str, by: Officer, at: datetime) -> None:
    """The payee has the money: with signature, thumb-print or photo, and who watched. Raises
    `PaidAlready`, `NotWithAgent` or `ReceiptMissing`."""
    if receipt not in RECEIPTS or not supervisor.strip():
        raise ReceiptMissing
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        _ready(one)
        failpoint("cash.after_check")
        _mark(one, "collect", by, at)
        record(
            by=by.pk, at=at, act="disbursement.hand_to_payee", subject="instruction", subject_id=one.pk,
            unit_id=one.commune_id, details={"receipt": receipt, "supervisor": supervisor[:120]},
        )  # fmt: skip


def not_collected(*, instruction_id: int, reason: str, by: Officer, at: datetime) -> None:
    """The payee did not come: the money goes back. Raises `PaidAlready` or `NotWithAgent`."""
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        _ready(one)
        _mark(one, "miss", by, at)
        record(by=by.pk, at=at, act="disbursement.not_collected", subject="instruction", subject_id=one.pk,
               unit_id=one.commune_id, details={"reason": reason[:300]})  # fmt: skip


def _mark(one: Instruction, event: str, by: Officer, at: datetime) -> None:
    move(
        chosen="SELECT %(one)s::bigint AS instruction_id", values={"one": one.pk}, event=event, cause="cash",
        source=one.stream, commune_ids=[one.commune_id], by=by.pk, at=at,
    )  # fmt: skip
