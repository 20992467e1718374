# SPDX-License-Identifier: MPL-2.0
"""Approving and returning, under a row lock: exactly the needed approvals, exactly one transition."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from ansinh.approvals.lifecycles import SUBMISSION
from ansinh.approvals.lifecycles import Submission as State
from ansinh.approvals.models import REQUIRED_APPROVALS, Approval, GroupOpening, Opening, Submission
from ansinh.approvals.queries import Mandate, approvers, mandate, unopened_groups
from ansinh.approvals.subjects import subject_named
from ansinh.audit.actions import record
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

READING_TIME = timedelta(seconds=5)


class CannotApprove(Refusal):
    """Base of the reasons why this person cannot approve; fields: others (who can)."""

    code = "APPROVE_NO_MANDATE"


class MadeItYourself(CannotApprove):
    """The approver prepared it."""

    code = "APPROVE_OWN_WORK"


class EditedItLast(CannotApprove):
    """The approver changed it last."""

    code = "APPROVE_OWN_EDIT"


class ApprovedAlready(CannotApprove):
    """This natural person approved already, perhaps under another user name."""

    code = "APPROVED_ALREADY"


class ContentChanged(Refusal):
    """What is stored differs from what was submitted."""

    code = "CONTENT_CHANGED"


class NotReadYet(Refusal):
    """A long list was approved within seconds of opening it."""

    code = "APPROVE_NOT_READ"


class GroupsNotOpened(Refusal):
    """Groups of what is out of the ordinary that the approver has not opened; fields: groups."""

    code = "APPROVE_GROUPS_NOT_OPENED"


def open_submission(*, submission_id: int, by: Officer, at: datetime) -> datetime:
    """Note that an officer opened a submission; returns when they first did."""
    with transaction.atomic():
        opening, _made = Opening.objects.get_or_create(
            submission_id=submission_id, officer=by, defaults={"at": at}
        )
    return opening.at


def open_group(*, subject: str, subject_id: str, group: str, by: Officer, at: datetime) -> bool:
    """Note that an officer opened a group of the submission that waits for a thing; False when none
    waits or it does not name this group."""
    with transaction.atomic():
        waiting = Submission.objects.filter(
            subject=subject, subject_id=subject_id, state=State.SUBMITTED.value, groups__contains=[group]
        ).first()
        if waiting is None:
            return False
        GroupOpening.objects.get_or_create(submission=waiting, officer=by, group=group, defaults={"at": at})
    return True


def approve(*, submission_id: int, content_sha256: str, by: Officer, at: datetime, on: date) -> Submission:
    """Approve exactly the content with this hash (what the approver's page showed).

    The approval that completes the number makes the thing take effect in the same transaction.
    Raises a `CannotApprove`, `ContentChanged`, `NotReadYet`, `GroupsNotOpened` or
    `NotFromThisState`.
    """
    with transaction.atomic():
        found = Submission.objects.select_for_update().get(pk=submission_id)
        SUBMISSION.apply(State(found.state), "approve")
        held = _mandate_of(found, by, on)
        _not_involved(found, by, on)
        _content_is(found, content_sha256)
        _was_read(found, by, at)
        _groups_were_opened(found, by)
        Approval.objects.create(
            submission=found, officer=by, person_bidx=by.citizen_number_bidx,
            content_sha256=found.content_sha256, held=held.payload(), at=at,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="approvals.approve", subject="submission", subject_id=found.pk,
            unit_id=found.unit_id, details={"sha256": content_sha256, "held": held.payload()},
        )  # fmt: skip
        if found.approvals.count() >= REQUIRED_APPROVALS:
            target = SUBMISSION.apply(State(found.state), "approve")
            Submission.objects.filter(pk=found.pk).update(state=target.value, decided_at=at, decided_by=by)
            record(by=by.pk, at=at, act="approvals.complete", subject="submission",
                   subject_id=found.pk, unit_id=found.unit_id)  # fmt: skip
            subject_named(found.subject).on_approved(found.subject_id, by.pk, at)
        found.refresh_from_db()
    return found


def _mandate_of(found: Submission, by: Officer, on: date) -> Mandate:
    others = [officer.full_name for officer in approvers(submission=found, on=on) if officer.pk != by.pk]
    persons = {bytes(found.maker.citizen_number_bidx), bytes(found.last_editor.citizen_number_bidx)}
    me = bytes(by.citizen_number_bidx)
    if me == bytes(found.maker.citizen_number_bidx):
        raise MadeItYourself(title=found.title, others=others)
    if me in persons:
        raise EditedItLast(title=found.title, others=others)
    if any(bytes(each.person_bidx) == me for each in found.approvals.all()):
        raise ApprovedAlready(title=found.title, others=others)
    held = mandate(officer_id=by.pk, unit_id=found.unit_id, on=on)
    if held is None or held.for_officer in {found.maker_id, found.last_editor_id}:
        raise CannotApprove(title=found.title, others=others)
    return held


def _not_involved(found: Submission, by: Officer, on: date) -> None:
    forbid = subject_named(found.subject).forbid
    if forbid is not None:
        others = [each.full_name for each in approvers(submission=found, on=on) if each.pk != by.pk]
        forbid(found.subject_id, by, others)


def _content_is(found: Submission, content_sha256: str) -> None:
    submitted = bytes(found.content_sha256)
    now = subject_named(found.subject).content_hash(found.subject_id)
    if submitted.hex() != content_sha256 or now != submitted:
        raise ContentChanged(title=found.title)


def _was_read(found: Submission, by: Officer, at: datetime) -> None:
    lines = found.summary.get("lines", 0)
    if not isinstance(lines, int) or lines < subject_named(found.subject).many_lines:
        return
    opened = Opening.objects.filter(submission=found, officer=by).first()
    if opened is None or at - opened.at < READING_TIME:
        raise NotReadYet(lines=lines)


def _groups_were_opened(found: Submission, by: Officer) -> None:
    if left := unopened_groups(submission=found, officer_id=by.pk):
        named = subject_named(found.subject).groups
        labels = {code: group.label for code, group in named(found.subject_id).items()} if named else {}
        raise GroupsNotOpened(groups=", ".join(labels.get(code, code) for code in left))


def return_with_reason(*, submission_id: int, reason: str, by: Officer, at: datetime, on: date) -> None:
    """Send a submission back to its maker with a reason. One approver is enough to say no.
    Raises a `CannotApprove` or `NotFromThisState`."""
    with transaction.atomic():
        found = Submission.objects.select_for_update().get(pk=submission_id)
        target = SUBMISSION.apply(State(found.state), "return")
        if mandate(officer_id=by.pk, unit_id=found.unit_id, on=on) is None:
            others = [each.full_name for each in approvers(submission=found, on=on)]
            raise CannotApprove(title=found.title, others=others)
        Submission.objects.filter(pk=found.pk).update(
            state=target.value, decided_at=at, decided_by=by, reason=reason
        )
        record(by=by.pk, at=at, act="approvals.return", subject="submission",
               subject_id=found.pk, unit_id=found.unit_id, details={"reason": reason})  # fmt: skip
        closed = subject_named(found.subject).on_closed
        if closed is not None:
            closed(found.subject_id, "return", by.pk, at, reason)
