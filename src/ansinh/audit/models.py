# SPDX-License-Identifier: MPL-2.0
"""Events and their seals. Both are append-only by grant: the application may not change a row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One change, written in the same transaction as the change.

    `act` is the verb (`staff.grant_role`), `subject` and `subject_id` the thing. `by` is the
    officer's id, None for the system. `details` never holds a citizen or account number in clear.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    unit_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="audit_event_subject"),
            models.Index(fields=["by", "id"], name="audit_event_by"),
            models.Index(fields=["unit_id", "id"], name="audit_event_unit"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(act=""), name="audit_event_has_an_act"),
        ]

    class Grants:
        """Append-only for everybody (reliability L3)."""

        app = ("SELECT", "INSERT")
        seal = ("SELECT",)


class Seal(models.Model):
    """The chain: `hash` = SHA-256(previous hash ‖ canonical JSON of the event)."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_index=True)

    class Grants:
        """Only the sealer adds to the chain."""

        app = ("SELECT",)
        seal = ("SELECT", "INSERT")
