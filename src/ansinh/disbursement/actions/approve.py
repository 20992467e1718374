# SPDX-License-Identifier: MPL-2.0
"""Handing an envelope in: two others approve exactly these bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from ansinh.approvals.actions import submit
from ansinh.approvals.models import Submission
from ansinh.approvals.subjects import Subject
from ansinh.audit.actions import record
from ansinh.disbursement.lifecycles import ENVELOPE, EnvelopeState
from ansinh.disbursement.models import Envelope
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.vault import store


def submit_envelope(*, envelope_id: int, by: Officer, at: datetime) -> Submission:
    """Hand an envelope in for approval. Raises `NotFromThisState` or `SubmittedAlready`."""
    with transaction.atomic():
        envelope = Envelope.objects.select_for_update().select_related("unit").get(pk=envelope_id)
        ENVELOPE.apply(EnvelopeState(envelope.state), "approve")
        made = submit(
            subject="envelope", subject_id=str(envelope_id),
            title=f"Tệp chi {envelope.reference} – {Month.of(envelope.period).vi}", unit_id=envelope.unit_id,
            summary={"lines": envelope.count, "people": envelope.count, "sum_vnd": envelope.sum_vnd},
            last_editor=envelope.built_by, by=by, at=at,
        )  # fmt: skip
        Envelope.objects.filter(pk=envelope_id).update(submission_id=made.pk)
        failpoint("hand_in.before_commit")
    return made


def _hash_of(envelope_id: str) -> bytes:
    """From the stored bytes, not from the row: a changed file is another content (F-27)."""
    envelope = Envelope.objects.get(pk=int(envelope_id))
    return hashlib.sha256(store.get(bytes(envelope.sha256))).digest()


def _approved(envelope_id: str, officer_id: int, at: datetime) -> None:
    envelope = Envelope.objects.select_for_update().get(pk=int(envelope_id))
    target = ENVELOPE.apply(EnvelopeState(envelope.state), "approve")
    failpoint("approve.before_state")
    Envelope.objects.filter(pk=envelope.pk, state=envelope.state).update(state=target.value)
    record(by=officer_id, at=at, act="disbursement.approve", subject="envelope", subject_id=envelope.pk,
           unit_id=envelope.unit_id, details={"sha256": bytes(envelope.sha256).hex()})  # fmt: skip


def _page(envelope_id: str) -> str:
    return f"/chi-tra/tep/{envelope_id}/"


ENVELOPE_SUBJECT = Subject(_hash_of, _approved, _page)
