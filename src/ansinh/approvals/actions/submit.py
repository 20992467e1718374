# SPDX-License-Identifier: MPL-2.0
"""Handing in, taking back, and what a change of content does to approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.approvals.lifecycles import SUBMISSION
from ansinh.approvals.lifecycles import Submission as State
from ansinh.approvals.models import Submission
from ansinh.approvals.subjects import subject_named
from ansinh.audit.actions import record
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class SubmittedAlready(Refusal):
    """The thing waits for approval already."""

    code = "SUBMITTED_ALREADY"


class NotTheMaker(Refusal):
    """Only the maker takes a submission back."""

    code = "SUBMISSION_NOT_YOURS"


def submit(
    *,
    subject: str,
    subject_id: str,
    title: str,
    unit_id: int,
    summary: Mapping[str, object],
    last_editor: Officer,
    by: Officer,
    at: datetime,
    groups: Sequence[str] = (),
) -> Submission:
    """Hand a thing in. Its hash is taken now from what is stored. Whoever approves opens each of
    `groups` first. Raises `SubmittedAlready`."""
    content = subject_named(subject).content_hash(subject_id)
    try:
        with transaction.atomic():
            made = Submission.objects.create(
                subject=subject, subject_id=subject_id, title=title, unit_id=unit_id, maker=by,
                last_editor=last_editor, content_sha256=content, summary=dict(summary), groups=list(groups),
                submitted_at=at,
            )  # fmt: skip
            record(
                by=by.pk, at=at, act="approvals.submit", subject="submission", subject_id=made.pk,
                unit_id=unit_id, details={"sha256": content.hex(), "of": f"{subject} {subject_id}"},
            )  # fmt: skip
    except IntegrityError as open_already:
        raise SubmittedAlready(title=title) from open_already
    return made


def withdraw(*, submission_id: int, by: Officer, at: datetime) -> None:
    """Take a submission back before it is decided. Raises `NotTheMaker` or `NotFromThisState`."""
    with transaction.atomic():
        found = Submission.objects.select_for_update().get(pk=submission_id)
        target = SUBMISSION.apply(State(found.state), "withdraw")
        if found.maker_id != by.pk:
            raise NotTheMaker
        Submission.objects.filter(pk=found.pk).update(state=target.value, decided_at=at, decided_by=by)
        record(by=by.pk, at=at, act="approvals.withdraw", subject="submission",
               subject_id=found.pk, unit_id=found.unit_id)  # fmt: skip
        closed = subject_named(found.subject).on_closed
        if closed is not None:
            closed(found.subject_id, "withdraw", by.pk, at, "")


def void_on_change(*, subject: str, subject_id: str, by: Officer | None, at: datetime) -> int:
    """Void the open or approved submission of a thing whose content changes now (A3); returns how
    many. The stage calls this in the transaction of the change."""
    with transaction.atomic():
        living = Submission.objects.select_for_update().filter(
            subject=subject, subject_id=subject_id, state__in=SUBMISSION.sources("void")
        )
        for found in living:
            target = SUBMISSION.apply(State(found.state), "void")
            Submission.objects.filter(pk=found.pk).update(state=target.value, decided_at=at)
            record(by=by.pk if by else None, at=at, act="approvals.void", subject="submission",
                   subject_id=found.pk, unit_id=found.unit_id)  # fmt: skip
        return len(living)
