# SPDX-License-Identifier: MPL-2.0
"""Letting an envelope leave: the approved bytes, once, under a fencing token.

`claim` commits before anything leaves, so a crash afterwards finds every instruction sent, never
waiting. An answer is settled under the token of its claim; what did not answer is uncertain and goes
out again only after the payer said that it has not taken it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ansinh.approvals.models import Submission
from ansinh.audit.actions import record
from ansinh.disbursement.actions.cash_box import within_limits
from ansinh.disbursement.actions.moves import MovedMeanwhile, move
from ansinh.disbursement.actions.sent_notes import note_sent, require_newest
from ansinh.disbursement.lifecycles import ENVELOPE, EnvelopeState
from ansinh.disbursement.models import Enclosed, Envelope
from ansinh.disbursement.queries import rows
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import VIETNAM
from ansinh.rules.payments import CASH_CHANNELS
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement
from ansinh.vault import store


class MustNotLeave(Refusal):
    """Lines were cancelled or held, or a payee died, after the envelope was built; fields: lines."""

    code = "ENVELOPE_MUST_NOT_LEAVE"


class FileDiffers(Refusal):
    """The stored bytes are not the approved ones."""

    code = "ENVELOPE_FILE_DIFFERS"


class TokenTooOld(Refusal):
    """Another dispatch took over: this one must send nothing and settle nothing."""

    code = "DISPATCH_OUTDATED"


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one envelope: its token and the very bytes."""

    envelope_id: int
    reference: str
    token: int
    content: bytes


def claim(*, envelope_id: int, by: Officer, at: datetime) -> Claim:
    """Take the right to send an approved envelope; its instructions are sent (or with the agent)
    from this moment. Raises `MustNotLeave`, `CashOverLimit`, `FileDiffers`, `NotFromThisState`,
    `MovedMeanwhile` or `OlderThanSent`."""
    with transaction.atomic(), opened_to_all():
        require_newest()
        envelope = Envelope.objects.select_for_update().get(pk=envelope_id)
        target = ENVELOPE.apply(EnvelopeState(envelope.state), "dispatch")
        content = _approved_bytes(envelope)
        _may_leave(envelope)
        within_limits(envelope=envelope, on=at.astimezone(VIETNAM).date())
        token = envelope.fence + 1
        Envelope.objects.filter(pk=envelope_id, fence=envelope.fence).update(
            state=target.value, fence=token, sent_by=by
        )
        failpoint("claim.before_events")
        moved = _mark_sent(envelope, by, at)
        if envelope.fence == 0 and moved != envelope.count:
            raise MovedMeanwhile(asked=envelope.count, moved=moved, event="send")
        record(
            by=by.pk, at=at, act="disbursement.dispatch", subject="envelope", subject_id=envelope_id,
            unit_id=envelope.unit_id, details={"token": token, "sha256": bytes(envelope.sha256).hex()},
        )  # fmt: skip
        failpoint("claim.before_commit")
    failpoint("claim.after_commit")
    return Claim(envelope_id, envelope.reference, token, content)


def _approved_bytes(envelope: Envelope) -> bytes:
    approved = Submission.objects.filter(pk=envelope.submission_id or 0, state="approved").first()
    try:
        content = store.get(bytes(envelope.sha256))
    except (store.FileChangedError, store.FileMissingError) as gone:
        raise FileDiffers(reference=envelope.reference) from gone
    digest = hashlib.sha256(content).digest()
    if approved is None or digest != bytes(approved.content_sha256) or digest != bytes(envelope.sha256):
        raise FileDiffers(reference=envelope.reference)
    return content


def _may_leave(envelope: Envelope) -> None:
    found = rows(sql=statement("disbursement", "must_not_leave"), values={"envelope": envelope.pk})
    if found:
        raise MustNotLeave(lines=[f"{each['end_to_end_id']} ({each['why']})" for each in found])


def _mark_sent(envelope: Envelope, by: Officer, at: datetime) -> int:
    """The first dispatch moves the instructions; a later one finds them sent already. Returns how
    many moved."""
    inside = Enclosed.objects.filter(envelope_id=envelope.pk)
    communes = sorted(set(inside.values_list("commune_id", flat=True)))
    moved = 0
    for event in ("send", "hand_over"):
        moved += move(
            chosen=statement("disbursement", "enclosed_and_waiting"),
            values={"envelope": envelope.pk, "cash": list(CASH_CHANNELS), "in_cash": event == "hand_over"},
            event=event, cause="envelope", source=envelope.stream, commune_ids=communes, by=by.pk, at=at,
        )  # fmt: skip
    return moved


def resume(*, envelope: Envelope, token: int, by_hand: bool, by: Officer, at: datetime) -> None:
    """Mark an approved envelope as sent under `token`: it left before this backup was put back. Carried
    by hand it arrived; over the wire the answer is unknown. In the caller's transaction. Raises
    `NotFromThisState`."""
    state, end = EnvelopeState(envelope.state), "accept" if by_hand else "lose"
    events = {"approved": ("dispatch", end), "dispatching": (end,)}.get(envelope.state, ())
    _mark_sent(envelope, by, at)
    for event in events:
        state = ENVELOPE.apply(state, event)
        Envelope.objects.filter(pk=envelope.pk).update(state=state.value, fence=token, sent_by=by)
    Envelope.objects.filter(pk=envelope.pk).update(fence=token)


def settle_dispatch(*, envelope_id: int, token: int, outcome: str, by: int | None, at: datetime) -> Envelope:
    """Write down what became of a dispatch: `accept`, `lose` (no answer) or `refuse` (the payer says
    that it took nothing). Raises `TokenTooOld` when another dispatch was claimed since, or
    `NotFromThisState`."""
    with transaction.atomic():
        envelope = Envelope.objects.select_for_update().get(pk=envelope_id)
        if envelope.fence != token:
            raise TokenTooOld(reference=envelope.reference)
        target = ENVELOPE.apply(EnvelopeState(envelope.state), outcome)
        failpoint("settle.before_state")
        changed = {"state": target.value, **({"sent_at": at} if outcome == "accept" else {})}
        Envelope.objects.filter(pk=envelope_id, fence=token).update(**changed)
        record(by=by, at=at, act=f"disbursement.{outcome}", subject="envelope", subject_id=envelope_id,
               unit_id=envelope.unit_id, details={"token": token})  # fmt: skip
        envelope.refresh_from_db()
    failpoint("settle.after_commit")
    return envelope


def release(*, envelope_id: int, by: Officer, at: datetime) -> Claim:
    """Hand the file over by hand (download, carried to the payer): claimed and accepted at once."""
    with transaction.atomic():
        found = claim(envelope_id=envelope_id, by=by, at=at)
        settle_dispatch(envelope_id=envelope_id, token=found.token, outcome="accept", by=by.pk, at=at)
    note_sent(envelope_id=envelope_id, by_hand=True)
    return found
