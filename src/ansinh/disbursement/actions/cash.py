# SPDX-License-Identifier: MPL-2.0
"""The pay day: checked before money is handed over, marked with its receipt, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.actions.single import locked
from ansinh.disbursement.extensions import why_not
from ansinh.disbursement.models import RECEIPTS, Event, Instruction, Receipt
from ansinh.disbursement.queries import mandate_of, paid_elsewhere, state_of
from ansinh.payees.actions.papers import scan_type
from ansinh.registry.models import Person
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import VIETNAM
from ansinh.rules.payments import Payment
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault import store


class PaidAlready(Refusal):
    """Somebody was given this money before; fields: at, state."""

    code = "CASH_PAID_ALREADY"


class PaidElsewhere(Refusal):
    """The same money went, or may have gone, another way; fields: end_to_end_id."""

    code = "CASH_PAID_ELSEWHERE"


class NotWithAgent(Refusal):
    """The money of this person is not at the pay point; fields: state."""

    code = "CASH_NOT_WITH_AGENT"


class PayeeDied(Refusal):
    """The beneficiary has died: nobody collects for them any more."""

    code = "CASH_PAYEE_DIED"


class ProxyNotValid(Refusal):
    """The mandate of who collects no longer holds."""

    code = "CASH_PROXY_NOT_VALID"


class ProxyPaperMissing(Refusal):
    """Somebody collects for another and no paper was looked at."""

    code = "CASH_PROXY_PAPER_MISSING"


class CashDoubtful(Refusal):
    """A later stage knows a reason not to hand the money over; fields: why."""

    code = "CASH_DOUBTFUL"


class ReceiptMissing(Refusal):
    """No receipt was named."""

    code = "CASH_RECEIPT_MISSING"


class PhotoMissing(Refusal):
    """A photo is the receipt and there is none."""

    code = "CASH_PHOTO_MISSING"


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture or scan as somebody handed it in."""

    name: str
    content: bytes


def _ready(one: Instruction) -> None:
    """Raises `PaidAlready`, `NotWithAgent` or `PaidElsewhere`."""
    state = state_of(instruction_id=one.pk)
    last = Event.objects.filter(instruction_id=one.pk).order_by("-seq").first()
    if state in {Payment.COLLECTED, Payment.PAID} and last is not None:
        raise PaidAlready(at=last.at, state=state.value)
    if state != Payment.WITH_AGENT:
        raise NotWithAgent(state=state.value)
    if other := paid_elsewhere(instruction_id=one.pk):
        raise PaidElsewhere(end_to_end_id=other)


def check_before_paying(*, instruction_id: int, on: date) -> Instruction:
    """Whether this money may be handed over today: not paid, not by another channel, the beneficiary
    alive, the proxy's mandate in force, nothing doubtful. Raises what speaks against it."""
    one = locked(instruction_id=instruction_id)
    _ready(one)
    if one.payee_kind == "self":
        if Person.objects.filter(pk=one.person_id, life="dead").exists():
            raise PayeeDied(name=one.person_name)
    else:
        mandate = mandate_of(instruction=one)
        if mandate is None or mandate.state != "active" or (mandate.ends_on and mandate.ends_on <= on):
            raise ProxyNotValid(name=one.payee_name)
    if why := why_not(instruction_id=one.pk):
        raise CashDoubtful(why=why)
    return one


def hand_to_payee(
    *, instruction_id: int, receipt: str, supervisor: str, by: Officer, at: datetime,
    evidence: Scan | None = None, proxy_paper: str = "",
) -> None:  # fmt: skip
    """The payee has the money: with signature, thumb-print or photo, and who watched. Raises what
    `check_before_paying` raises, `ReceiptMissing`, `PhotoMissing`, `ProxyPaperMissing`, `PaperTooLarge`
    or `PaperUnknown`."""
    if receipt not in RECEIPTS or not supervisor.strip():
        raise ReceiptMissing
    if receipt == "photo" and evidence is None:
        raise PhotoMissing
    with transaction.atomic():
        on = at.astimezone(VIETNAM).date()
        one = check_before_paying(instruction_id=instruction_id, on=on)
        if one.payee_kind != "self" and not proxy_paper.strip():
            raise ProxyPaperMissing(name=one.payee_name)
        failpoint("cash.after_check")
        _mark(one, "collect", by, at)
        kept = _kept(evidence)
        Receipt.objects.create(
            instruction_id=one.pk, commune_id=one.commune_id, kind=receipt, at=at, by=by.pk, handed_on=on,
            supervisor=supervisor.strip()[:120], proxy_paper=proxy_paper.strip()[:200], entered="page",
            **kept,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="disbursement.hand_to_payee", subject="instruction", subject_id=one.pk,
            unit_id=one.commune_id,
            details={"receipt": receipt, "supervisor": supervisor[:120], "proxy_paper": proxy_paper[:200],
                     "sha256": bytes(kept["sha256"]).hex() if kept else ""},
        )  # fmt: skip


def _kept(evidence: Scan | None) -> dict[str, Any]:
    if evidence is None:
        return {}
    mime = scan_type(name=evidence.name, content=evidence.content)
    return {"name": evidence.name[:200], "mime": mime, "sha256": store.put(evidence.content)}


def not_collected(*, instruction_id: int, reason: str, by: Officer, at: datetime) -> None:
    """The payee did not come: the money goes back. Raises `PaidAlready`, `PaidElsewhere` or
    `NotWithAgent`."""
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        _ready(one)
        _mark(one, "miss", by, at, "ABSENT")
        record(by=by.pk, at=at, act="disbursement.not_collected", subject="instruction", subject_id=one.pk,
               unit_id=one.commune_id, details={"reason": reason[:300]})  # fmt: skip


def _mark(one: Instruction, event: str, by: Officer, at: datetime, reason: str = "") -> None:
    move(
        chosen="SELECT %(one)s::bigint AS instruction_id", values={"one": one.pk}, event=event, cause="cash",
        source=one.stream, commune_ids=[one.commune_id], by=by.pk, at=at, reason=reason,
    )  # fmt: skip
