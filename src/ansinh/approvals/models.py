# SPDX-License-Identifier: MPL-2.0
"""What was submitted, who approved exactly what, who stands in for whom.

The rules A1-A4 and A6 are enforced by the database as well (migration 0002): two distinct natural
persons, neither maker nor last editor, bound to the SHA-256 of the content.
"""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q, Value

REQUIRED_APPROVALS = 2  # fixed in code and in the database's trigger; no setting lowers it (A6)


class SubmissionState(models.TextChoices):
    """Labels of the states in `lifecycles.SUBMISSION`."""

    SUBMITTED = "submitted", "chờ duyệt"
    APPROVED = "approved", "đã duyệt"
    RETURNED = "returned", "trả lại"
    WITHDRAWN = "withdrawn", "đã rút"
    VOIDED = "voided", "hết hiệu lực do nội dung thay đổi"


class Submission(models.Model):
    """One thing handed in for approval: its content's hash and the figures an approver sees. Each of
    its `groups` (what is out of the ordinary in it) has to be opened by whoever approves."""

    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    maker = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    last_editor = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.BinaryField(max_length=32)
    summary = models.JSONField(default=dict)
    groups = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.SUBMITTED)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="approvals_submission_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=Q(state="submitted"),
                name="approvals_one_open_submission",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SubmissionState]),
                name="approvals_submission_state",
            ),
        ]

    class Grants:
        """Submissions are decided, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Approval(models.Model):
    """One person's approval of exactly one content. Append-only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="approvals")
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    person_bidx = models.BinaryField(max_length=32)
    content_sha256 = models.BinaryField(max_length=32)
    held = models.JSONField()  # roles, units and delegation at that instant (A5)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person_bidx"], name="approvals_once_a_person"),
        ]

    class Grants:
        """An approval is never changed."""

        app = ("SELECT", "INSERT")


class Opening(models.Model):
    """When an officer first opened a submission: nobody approves in five seconds (ASVS 2.4.2)."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="openings")
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "officer"], name="approvals_opened_once"),
        ]

    class Grants:
        """Append-only."""

        app = ("SELECT", "INSERT")


class GroupOpening(models.Model):
    """When an officer first opened a group of what is out of the ordinary in a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="group_openings")
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "officer", "group"], name="approvals_group_opened_once"
            ),
        ]

    class Grants:
        """Append-only."""

        app = ("SELECT", "INSERT")


class Delegation(models.Model):
    """`substitute` may approve for `principal` at the principal's units between two dates."""

    principal = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="delegated")
    substitute = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="stands_in")
    validity = DateRangeField()
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=F("substitute")), name="approvals_delegation_to_another"
            ),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
