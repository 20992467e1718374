# SPDX-License-Identifier: MPL-2.0
"""Complaints of beneficiaries: taken down with a number and a code, looked into, answered in time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.directives.lifecycles import COMPLAINT, ComplaintState
from ansinh.directives.models import Complaint, ComplaintStep, LookUp
from ansinh.directives.numbering import next_number
from ansinh.directives.queries.complaints import payment_named
from ansinh.directives.records import ANSWER, CODE, CONTACT, CONTENT
from ansinh.disbursement.models import Instruction
from ansinh.rules.lookup_codes import BITS, code_of
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index, seal

DAYS = 10  # the house's clock; the law on complaints leaves 30 days to a first decision
FORGOTTEN_AFTER = timedelta(days=1)


class ComplaintEmpty(Refusal):
    """Nobody wrote what is complained of."""

    code = "COMPLAINT_EMPTY"


class ComplaintNeedsAnswer(Refusal):
    """Answered without words."""

    code = "COMPLAINT_NEEDS_ANSWER"


class PaymentUnknown(Refusal):
    """The code names no payment of this commune (or of this person); fields: text."""

    code = "COMPLAINT_PAYMENT_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Taken:
    """A complaint and the code for its slip, which is shown once and kept nowhere."""

    complaint: Complaint
    code: str


def take_complaint(
    *,
    commune_id: int,
    person_id: int | None,
    kind: str,
    channel: str,
    words: str,
    contact: str = "",
    benefit_month: Month | None = None,
    payment_ref: str = "",
    by: Officer,
    at: datetime,
    on: date,
) -> Taken:
    """Take a complaint down; the code of a payment links it to that payment, other words are kept as
    they are. Raises `ComplaintEmpty` or `PaymentUnknown`."""
    if not words.strip():
        raise ComplaintEmpty
    payment = _payment(payment_ref, commune_id, person_id)
    code = code_of(secrets.token_bytes(BITS // 8))
    digits = "".join(each for each in contact if each.isdigit())
    with transaction.atomic():
        pk, number = next_number(table="directives_complaint", prefix="KN", on=on)
        made = Complaint.objects.create(
            pk=pk, number=number, code_bidx=blind_index(column=CODE, text=code), commune_id=commune_id,
            person_id=person_id, kind=kind, channel=channel,
            content_enc=seal(column=CONTENT, text=words.strip()),
            contact_enc=seal(column=CONTACT, text=contact.strip()) if contact.strip() else None,
            contact_last4=digits[-4:], benefit_month=benefit_month.first_day if benefit_month else None,
            payment_ref=payment_ref.strip(), instruction_id=payment.pk if payment else None,
            due_on=on + timedelta(days=DAYS), received_at=at, received_by=by,
        )  # fmt: skip
        _stepped(made, "receive", by=by, at=at)
    return Taken(made, code)


def _payment(text: str, commune_id: int, person_id: int | None) -> Instruction | None:
    """The payment that a code names, None for words that are no code. Raises `PaymentUnknown`."""
    named = payment_named(text=text)
    if named is None:
        return None
    found = Instruction.objects.filter(pk=named, commune_id=commune_id).first()
    if found is None or (person_id is not None and found.person_id != person_id):
        raise PaymentUnknown(text=text.strip()[:40])
    return found


def link_payment(*, complaint_id: int, text: str, by: Officer, at: datetime) -> None:
    """Link a complaint to the payment that it is about, found by its code. Raises `PaymentUnknown`."""
    with transaction.atomic():
        found = Complaint.objects.select_for_update().get(pk=complaint_id)
        payment = _payment(text, found.commune_id, found.person_id)
        if payment is None:
            raise PaymentUnknown(text=text.strip()[:40])
        Complaint.objects.filter(pk=found.pk).update(
            instruction_id=payment.pk, payment_ref=payment.end_to_end_id,
            person_id=found.person_id or payment.person_id,
        )  # fmt: skip
        _stepped(found, "link", by=by, at=at)


def _stepped(found: Complaint, event: str, *, by: Officer, at: datetime) -> None:
    ComplaintStep.objects.create(complaint=found, commune_id=found.commune_id, event=event, at=at, by=by)
    record(
        by=by.pk, at=at, act=f"directives.{event}_complaint", subject="complaint", subject_id=found.pk,
        unit_id=found.commune_id,
    )  # fmt: skip


def _move(complaint_id: int, event: str, *, by: Officer, at: datetime, **fields: object) -> None:
    with transaction.atomic():
        found = Complaint.objects.select_for_update().get(pk=complaint_id)
        target = COMPLAINT.apply(ComplaintState(found.state), event)
        Complaint.objects.filter(pk=found.pk).update(state=target.value, **fields)
        _stepped(found, event, by=by, at=at)


def look_into(*, complaint_id: int, by: Officer, at: datetime) -> None:
    """Become the owner and begin. Raises `NotFromThisState`."""
    _move(complaint_id, "look_into", by=by, at=at, owner=by)


def answer_complaint(*, complaint_id: int, words: str, upheld: bool, by: Officer, at: datetime) -> None:
    """Answer, and say whether the person was right. Raises `ComplaintNeedsAnswer` or `NotFromThisState`."""
    if not words.strip():
        raise ComplaintNeedsAnswer
    sealed = seal(column=ANSWER, text=words.strip())
    _move(complaint_id, "answer", by=by, at=at, answer_enc=sealed, upheld=upheld, answered_at=at)


def close_complaint(*, complaint_id: int, by: Officer, at: datetime) -> None:
    """The person has the answer. Raises `NotFromThisState`."""
    _move(complaint_id, "close", by=by, at=at)


def reopen_complaint(*, complaint_id: int, by: Officer, at: datetime, on: date) -> None:
    """The person is not content: look again. Raises `NotFromThisState`."""
    _move(complaint_id, "reopen", by=by, at=at, due_on=on + timedelta(days=DAYS), answered_at=None)


def note_look_up(*, address: str, at: datetime) -> None:
    """Note that somebody looked a code up, and forget what is older than a day."""
    with transaction.atomic():
        LookUp.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()
        LookUp.objects.create(
            address_bidx=blind_index(column="directives_lookup.address", text=address), at=at
        )
