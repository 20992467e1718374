# SPDX-License-Identifier: MPL-2.0
"""What beneficiaries complain of, and how soon they are answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.directives.lifecycles import ComplaintState

CHANNELS = ("desk", "phone", "slip")
KINDS = ("not_received", "wrong_amount", "wrong_person", "charged", "behaviour", "other")


class Complaint(models.Model):
    """One complaint. `code_bidx` finds it by the 80-bit code on the slip that the person keeps; the
    code itself is nowhere. `payment_ref` is what stands on the person's paper, `instruction_id` the
    payment that it names."""

    number = models.CharField(max_length=30, unique=True)
    code_bidx = models.BinaryField(max_length=32, unique=True)
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=14, choices=[(each, each) for each in KINDS])
    channel = models.CharField(max_length=5, choices=[(each, each) for each in CHANNELS])
    content_enc = models.BinaryField()
    contact_enc = models.BinaryField(null=True)
    contact_last4 = models.CharField(max_length=4, blank=True)
    benefit_month = models.DateField(null=True)
    payment_ref = models.CharField(max_length=60, blank=True)
    instruction_id = models.BigIntegerField(null=True)
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=ComplaintState.RECEIVED.value)
    answer_enc = models.BinaryField(null=True)
    upheld = models.BooleanField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "state", "due_on"], name="directives_complaint_turn"),
            models.Index(
                fields=["instruction_id"],
                condition=Q(instruction_id__isnull=False),
                name="directives_complaint_payment",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ComplaintState]),
                name="directives_complaint_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "looked_into"]) | Q(answer_enc__isnull=False),
                name="directives_complaint_answered",
            ),
        ]

    class Grants:
        """Closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class ComplaintStep(models.Model):
    """One step of a complaint. Append-only."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class LookUp(models.Model):
    """One look-up of a status by code from an address (as a blind index): for the limit, then forgotten."""

    address_bidx = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address_bidx", "at"], name="directives_lookup_address")]

    class Grants:
        """Forgotten after a day."""

        app = ("SELECT", "INSERT", "DELETE")
