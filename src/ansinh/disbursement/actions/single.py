# SPDX-License-Identifier: MPL-2.0
"""Acts on one instruction: hold, release the hold, cancel, re-issue, carry forward, refund."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.envelopes import cancel
from ansinh.disbursement.actions.instruct import head_digits
from ansinh.disbursement.actions.moves import MovedMeanwhile, move
from ansinh.disbursement.actions.sent_notes import require_newest
from ansinh.disbursement.lifecycles import LIVING, EnvelopeState
from ansinh.disbursement.models import Enclosed, Envelope, Hold, Instruction, Part
from ansinh.disbursement.queries import rows, state_of
from ansinh.ledger.actions import post
from ansinh.ledger.queries import open_month
from ansinh.payees.periods import for_period
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import Month
from ansinh.rules.payments import ACCOUNT_CHANNELS, PAYMENT
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement


class LeftAlready(Refusal):
    """The instruction has left or is leaving; fields: state."""

    code = "INSTRUCTION_LEFT"


class NoPayeeNow(Refusal):
    """Nobody can be paid for this person today; fields: why."""

    code = "NO_PAYEE_NOW"


class ReissuedAlready(Refusal):
    """A return is paid again once."""

    code = "REISSUED_ALREADY"


class SameAccountAgain(Refusal):
    """The account that sent the money back would get it again; fields: last4."""

    code = "SAME_ACCOUNT_AGAIN"


class CashOtherPeriod(Refusal):
    """What did not arrive goes to cash only in its own month; fields: month."""

    code = "CASH_OTHER_PERIOD"


def locked(*, instruction_id: int) -> Instruction:
    """The instruction, with a lock of its own: its row has no UPDATE grant to lock with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7701, %s::int)", [instruction_id % 2**31])
    return Instruction.objects.get(pk=instruction_id)


def _not_leaving(instruction: Instruction) -> Envelope | None:
    """The envelope that the instruction waits in, if any. Raises `LeftAlready` once it leaves."""
    state = state_of(instruction_id=instruction.pk)
    if state != PAYMENT.initial:
        raise LeftAlready(state=state.value)
    inside = Enclosed.objects.filter(instruction_id=instruction.pk).values("envelope_id")
    envelope = Envelope.objects.select_for_update().filter(pk__in=inside, state__in=LIVING).first()
    if envelope and envelope.state not in {EnvelopeState.BUILT.value, EnvelopeState.APPROVED.value}:
        raise LeftAlready(state=envelope.state)
    return envelope


def cancel_instruction(*, instruction_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Cancel before it leaves: the money goes back to the budget, and an envelope that holds it is
    cancelled with its approvals, because approved bytes are never edited. Raises `LeftAlready`."""
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        envelope = _not_leaving(one)
        if envelope is not None:
            cancel(envelope_id=envelope.pk, reason=f"{one.end_to_end_id}: {reason}", by=by, at=at)
        _move_one(one, "cancel", "officer", by, at)
        record(by=by.pk, at=at, act="disbursement.cancel", subject="instruction", subject_id=one.pk,
               unit_id=one.commune_id, details={"reason": reason})  # fmt: skip


def hold(*, instruction_id: int, reason: str, by: Officer, at: datetime) -> Hold:
    """Keep an instruction from leaving; an envelope that holds it is cancelled. Raises `LeftAlready`."""
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        envelope = _not_leaving(one)
        if envelope is not None:
            cancel(envelope_id=envelope.pk, reason=f"{one.end_to_end_id}: {reason}", by=by, at=at)
        made, _new = Hold.objects.get_or_create(
            instruction_id=one.pk, released_at=None,
            defaults={"commune_id": one.commune_id, "reason": reason, "placed_at": at, "placed_by": by},
        )  # fmt: skip
        record(by=by.pk, at=at, act="disbursement.hold", subject="instruction", subject_id=one.pk,
               unit_id=one.commune_id, details={"reason": reason})  # fmt: skip
    return made


def release_hold(*, instruction_id: int, by: Officer, at: datetime) -> bool:
    """Let a held instruction go into an envelope again; False when it was not held."""
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        changed = Hold.objects.filter(instruction_id=one.pk, released_at=None).update(
            released_at=at, released_by=by
        )
        if changed:
            record(by=by.pk, at=at, act="disbursement.release_hold", subject="instruction",
                   subject_id=one.pk, unit_id=one.commune_id)  # fmt: skip
    return bool(changed)


def _move_one(one: Instruction, event: str, cause: str, by: Officer, at: datetime) -> None:
    move(
        chosen="SELECT %(one)s::bigint AS instruction_id", values={"one": one.pk}, event=event, cause=cause,
        source=one.stream, commune_ids=[one.commune_id], by=by.pk, at=at,
    )  # fmt: skip


def carry_forward(*, instruction_id: int, by: Officer, at: datetime) -> None:
    """Leave what did not arrive to the next payroll, which carries its lines. Raises `NotFromThisState`."""
    _end(instruction_id, "carry", by, at)


def refund(*, instruction_id: int, by: Officer, at: datetime) -> None:
    """Give what did not arrive back to the budget. Raises `NotFromThisState`."""
    _end(instruction_id, "refund", by, at)


def _end(instruction_id: int, event: str, by: Officer, at: datetime) -> None:
    with transaction.atomic():
        one = locked(instruction_id=instruction_id)
        PAYMENT.apply(state_of(instruction_id=one.pk), event)
        _move_one(one, event, "officer", by, at)
        failpoint("end.before_record")
        record(by=by.pk, at=at, act=f"disbursement.{event}", subject="instruction", subject_id=one.pk,
               unit_id=one.commune_id)  # fmt: skip


def payee_today(*, instruction: Instruction, at: datetime) -> dict[str, Any]:
    """Where the person of an instruction may be paid in the month of `at`, not into its own account.
    Raises `SameAccountAgain` or `NoPayeeNow`."""
    for_period(month=Month.at(at))
    found = rows(
        sql=statement("disbursement", "payee_now"),
        values={"person": instruction.person_id, "mandate": instruction.mandate_id},
    )
    if not found:
        raise NoPayeeNow(why="no_payee")
    if instruction.account_bidx is not None and bytes(found[0]["account_bidx"] or b"") == bytes(
        instruction.account_bidx
    ):
        raise SameAccountAgain(last4=instruction.account_last4)
    if found[0]["hold"]:
        raise NoPayeeNow(why=found[0]["hold"])
    return found[0]


def reissue(*, instruction_id: int, in_cash: bool, by: Officer, at: datetime) -> Instruction:
    """Pay what came back again, once a return, by a new instruction that names the old (P9).

    `in_cash`: at the pay point in the same period; else to the payee's account of today, which must
    not be the one that sent it back. Raises `NotFromThisState`, `ReissuedAlready`, `NoPayeeNow`,
    `SameAccountAgain`, `CashOtherPeriod` or `OlderThanSent`.
    """
    with transaction.atomic(), opened_to_all():
        require_newest()
        old = locked(instruction_id=instruction_id)
        state = state_of(instruction_id=old.pk)
        if Instruction.objects.filter(replaces_id=old.pk).exists():
            raise ReissuedAlready(end_to_end_id=old.end_to_end_id)
        PAYMENT.apply(state, "reissue")
        way = _cash_way(old, at) if in_cash else _account_way(old, at)
        failpoint("reissue.before_rows")
        made = _replace(old, way, at)
        try:
            _move_one(old, "reissue", "officer", by, at)
        except MovedMeanwhile as first:
            raise ReissuedAlready(end_to_end_id=old.end_to_end_id) from first
        booked = open_month(source=old.stream, commune_ids=[old.commune_id], wanted=Month.at(at))
        post(
            moves=statement("disbursement", "reissued_posting"), values={"made": made.pk},
            booked=booked.first_day, by=by.pk, at=at,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="disbursement.reissue", subject="instruction", subject_id=old.pk,
            unit_id=old.commune_id, details={"by": made.end_to_end_id, "channel": made.channel},
        )  # fmt: skip
        failpoint("reissue.before_commit")
    return made


def _cash_way(old: Instruction, at: datetime) -> dict[str, Any]:
    """In its own month; later it is carried forward. Once: what is not collected in cash is never
    replaced (the lifecycle has no such edge)."""
    if Month.at(at).first_day > old.period:
        raise CashOtherPeriod(month=Month.of(old.period).vi)
    return {"channel": "pay_point", "bank": "", "account_id": None, "account_enc": None,
            "account_bidx": None, "account_last4": "", "holder_name": ""}  # fmt: skip


def _account_way(old: Instruction, at: datetime) -> dict[str, Any]:
    way = payee_today(instruction=old, at=at)
    if way["channel"] not in ACCOUNT_CHANNELS or way["account_enc"] is None:
        raise NoPayeeNow(why="no_account")
    return way


def _replace(old: Instruction, way: dict[str, Any], at: datetime) -> Instruction:
    values = {
        **way, "instruction": old.pk, "at": at,
        "head": head_digits(period_year=old.period.year, period_month=old.period.month),
    }  # fmt: skip
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement("disbursement", "reissue"), values)
        except IntegrityError as twice:
            raise ReissuedAlready(end_to_end_id=old.end_to_end_id) from twice
        made = Instruction.objects.get(pk=cursor.fetchone()[0])
    parts = Part.objects.filter(instruction_id=old.pk)
    Part.objects.bulk_create(
        Part(payroll_id=each.payroll_id, line_id=each.line_id, attempt=made.attempt,
             instruction_id=made.pk, commune_id=each.commune_id, amount_vnd=each.amount_vnd)
        for each in parts
    )  # fmt: skip
    return made
