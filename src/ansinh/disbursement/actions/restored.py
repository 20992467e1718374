# SPDX-License-Identifier: MPL-2.0
"""After an old backup was put back: what was sent since is taken in again before anything leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.release import resume
from ansinh.disbursement.actions.sent_notes import OlderThanSent, room, unknown_dispatches
from ansinh.disbursement.models import Envelope
from ansinh.rules.failpoints import failpoint
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.vault import journal

RESUMABLE = ("approved", "dispatching", "uncertain")


class NothingToTakeIn(Refusal):
    """Every dispatch that was noted is known."""

    code = "NOTHING_TO_TAKE_IN"


def take_in(*, by: Officer, at: datetime) -> int:
    """After a backup was put back: mark what was sent since as sent, its answer unknown, so that an
    enquiry and the results that are read again decide. Returns how many envelopes.

    The very bytes must be approved in this database again (two persons) before they are taken in.
    Raises `NothingToTakeIn`, or `OlderThanSent` for envelopes that this database never built or that
    are not approved: only a later backup knows them. Then nothing is taken in.
    """
    with transaction.atomic(), opened_to_all():
        lost = unknown_dispatches()
        if not lost:
            raise NothingToTakeIn
        refused = []
        for reference, token in lost:
            said = journal.read(room=room(), name=f"{reference}.{token}")
            if not _took_in(said, token, by, at):
                refused.append(reference)
        if refused:
            raise OlderThanSent(envelopes=refused)
        failpoint("take_in.before_commit")
    return len(lost)


def _took_in(said: dict[str, object], token: int, by: Officer, at: datetime) -> bool:
    reference, sha256 = said["reference"], said["sha256"]
    envelope = Envelope.objects.select_for_update().filter(reference=reference).first()
    if envelope is None or bytes(envelope.sha256).hex() != sha256 or envelope.state not in RESUMABLE:
        return False
    resume(envelope=envelope, token=token, by_hand=bool(said["by_hand"]), by=by, at=at)
    record(by=by.pk, at=at, act="disbursement.take_in", subject="envelope", subject_id=envelope.pk,
           unit_id=envelope.unit_id, details={"token": token, "sha256": sha256})  # fmt: skip
    return True
