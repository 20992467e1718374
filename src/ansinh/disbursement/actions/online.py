# SPDX-License-Identifier: MPL-2.0
"""Envelopes that leave over the wire: ordered by an officer, sent by a job, asked about when in doubt.

Nothing is held while the network is waited for: the claim is committed first, the answer is another
transaction. No answer means unknown, and unknown is never sent again before the payer said that it
knows nothing of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from ansinh.audit.actions import record
from ansinh.audit.models import Event
from ansinh.background.queue import enqueue
from ansinh.disbursement.actions.release import Claim, TokenTooOld, claim, settle_dispatch
from ansinh.disbursement.actions.sent_notes import note_sent, require_newest
from ansinh.disbursement.channels import http
from ansinh.disbursement.lifecycles import ENVELOPE, EnvelopeState
from ansinh.disbursement.models import Envelope
from ansinh.rules.failpoints import failpoint
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault import store

FORMS = ("bulk_bin", "pain001")  # what the payer's interface takes
PATIENCE = timedelta(minutes=2)  # a sender that has said nothing for so long is taken for dead
RETURNS_COME = timedelta(days=60)
MOST_TRIES = 5  # then a person decides
ORDERED = "disbursement.order"


class NoOnlinePayer(Refusal):
    """No payer on line is set up, or it does not take this layout; fields: layout."""

    code = "NO_ONLINE_PAYER"


def payer() -> http.Payer | None:
    """The payer of this installation, None when there is none. Raises `BadAddress`."""
    if not settings.BANK_URL:
        return None
    return http.payer_at(url=settings.BANK_URL, wait_ms=settings.BANK_WAIT_MS, key=settings.BANK_KEY)


def _payer_for(envelope: Envelope) -> http.Payer:
    found = payer()
    if found is None or envelope.layout not in FORMS:
        raise NoOnlinePayer(layout=envelope.layout)
    return found


def order(*, envelope_id: int, by: Officer, at: datetime) -> None:
    """Let an approved envelope leave over the wire; a job sends it. Raises `NoOnlinePayer`,
    `NotFromThisState` or `OlderThanSent`."""
    with transaction.atomic():
        require_newest()
        envelope = Envelope.objects.select_for_update().get(pk=envelope_id)
        _payer_for(envelope)
        ENVELOPE.apply(EnvelopeState(envelope.state), "dispatch")
        record(by=by.pk, at=at, act=ORDERED, subject="envelope", subject_id=envelope_id,
               unit_id=envelope.unit_id)  # fmt: skip
        _queue(envelope_id, by.pk)
        failpoint("order.before_commit")


def _queue(envelope_id: int, officer_id: int) -> None:
    lock = f"envelope-{envelope_id}"
    enqueue(name="disbursement.send", lock=lock, once=lock, envelope_id=envelope_id, officer_id=officer_id)


def send(*, envelope_id: int, by: Officer, at: datetime) -> str:
    """Send one envelope: claim, note, hand over, settle. Returns `accept`, `lose` or `refuse`, or
    `already` when it was sent or is being sent: the same job delivered twice has no second effect.

    Raises `NoOnlinePayer`, `MustNotLeave`, `FileDiffers` or `OlderThanSent`; then nothing left.
    """
    envelope = Envelope.objects.get(pk=envelope_id)
    to = _payer_for(envelope)
    try:
        found = claim(envelope_id=envelope_id, by=by, at=at)
    except NotFromThisState:
        return "already"
    note_sent(envelope_id=envelope_id, by_hand=False)
    failpoint("send.after_note")
    if not _still_ours(found):
        return "already"
    failpoint("send.before_handing_over")
    heard = http.submit(
        to, reference=found.reference, token=found.token, form=envelope.layout, content=found.content
    )
    failpoint("send.after_handing_over")
    return _settle(envelope_id, found.token, heard.outcome, at)


def _still_ours(found: Claim) -> bool:
    """A worker that was paused and wakes up finds a newer token, or its dispatch given up."""
    now = Envelope.objects.get(pk=found.envelope_id)
    return now.fence == found.token and now.state == EnvelopeState.DISPATCHING.value


def _settle(envelope_id: int, token: int, outcome: str, at: datetime) -> str:
    try:
        settle_dispatch(envelope_id=envelope_id, token=token, outcome=outcome, by=None, at=at)
    except (TokenTooOld, NotFromThisState):
        return "already"  # an enquiry, or another dispatch, decided while we waited
    return outcome


def in_doubt(*, at: datetime) -> list[int]:
    """Envelopes whose answer is missing: uncertain, or claimed by a sender that fell silent."""
    claimed = Event.objects.filter(
        act="disbursement.dispatch", subject="envelope", at__gt=at - PATIENCE
    ).values_list("subject_id", flat=True)
    busy = {int(each) for each in claimed}
    found = Envelope.objects.filter(state__in=("dispatching", "uncertain")).order_by("pk")
    return [each.pk for each in found if each.state == "uncertain" or each.pk not in busy]


def enquire(*, envelope_id: int, at: datetime) -> str:
    """Ask the payer about an envelope in doubt. `accept`: it has the very bytes. `refuse`: it knows
    nothing of it, so it may leave again, which is queued at once, a few times. `lose`: still unknown.

    Raises `NoOnlinePayer`.
    """
    envelope = Envelope.objects.get(pk=envelope_id)
    token, to = envelope.fence, _payer_for(envelope)
    if envelope.state == EnvelopeState.DISPATCHING.value:
        _settle(envelope_id, token, "lose", at)
    content = store.get(bytes(envelope.sha256))
    failpoint("enquire.before_asking")
    heard = http.enquire(to, reference=envelope.reference, content=content)
    failpoint("enquire.after_asking")
    if heard.outcome == "lose":
        return "lose"
    outcome = _settle(envelope_id, token, heard.outcome, at)
    if outcome == "refuse" and token < MOST_TRIES and envelope.sent_by_id:
        with transaction.atomic():
            _queue(envelope_id, envelope.sent_by_id)
    return outcome


def results_wanted(*, at: datetime) -> list[Envelope]:
    """Envelopes that left over the wire lately: results come, and come back, for two months."""
    ordered = Event.objects.filter(act=ORDERED, subject="envelope").values_list("subject_id", flat=True)
    return list(
        Envelope.objects.filter(
            pk__in=[int(each) for each in ordered], state="sent", sent_at__gt=at - RETURNS_COME
        ).order_by("pk")
    )


def fetch(*, envelope: Envelope) -> list[http.File]:
    """The result files that the payer has for an envelope now. Raises `NoOnlinePayer`."""
    return http.results(_payer_for(envelope), reference=envelope.reference)
