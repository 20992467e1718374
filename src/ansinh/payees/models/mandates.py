# SPDX-License-Identifier: MPL-2.0
"""Who receives for whom: mandates with their paper, scope and dates, and findings of incapacity.

The content of a mandate is never changed: a new one is declared, the old one is revoked or ends.
Numbers and phones of payees are sealed; the number's blind index is that of the register, so that a
payee who is in the register, or who is an officer, is found.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.payees.lifecycles import MandateState
from ansinh.payees.models.accounts import choices
from ansinh.rules.payees import PayeeKind

KINDS = tuple(kind.value for kind in PayeeKind if kind is not PayeeKind.SELF)


class Mandate(models.Model):
    """The right of `payee` to receive for `person`, for all awards or for those listed."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="mandates")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(KINDS))
    payee_person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")
    payee_name = models.CharField(max_length=140)
    payee_number_enc = models.BinaryField(null=True)
    payee_number_bidx = models.BinaryField(max_length=32, null=True)
    payee_number_last4 = models.CharField(max_length=4, blank=True)
    payee_phone_enc = models.BinaryField(null=True)
    payee_phone_last4 = models.CharField(max_length=4, blank=True)
    relation = models.CharField(max_length=60)
    all_awards = models.BooleanField(default=True)
    document = models.CharField(max_length=120)
    document_sha256 = models.BinaryField(max_length=32, null=True)
    certified_by = models.CharField(max_length=120)
    certified_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pays_from = models.DateField()
    pays_until = models.DateField(null=True)
    state = models.CharField(max_length=10, default=MandateState.DECLARED.value)
    over_alert = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)  # told that it ends; once
    answer = models.CharField(max_length=300, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="payees_mandate_person"),
            models.Index(fields=["commune", "state", "ends_on"], name="payees_mandate_expiry"),
            models.Index(fields=["payee_number_bidx"], name="payees_mandate_payee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="withdrawn")
                | Q(decided_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(decided_by=F("made_by")),
                name="payees_mandate_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MandateState]), name="payees_mandate_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="payees_mandate_dates",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("payee_person")), name="payees_mandate_not_themself"
            ),
            models.CheckConstraint(
                condition=~Q(kind="proxy") | Q(ends_on__isnull=False), name="payees_mandate_proxy_ends"
            ),
        ]

    class Grants:
        """Ended or revoked, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class MandateAward(models.Model):
    """An award that a mandate is limited to, with the mandate's months once it is approved: the
    database itself allows one payee an award in a month and no more (migration 0002)."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="scope")
    award = models.ForeignKey("registry.Award", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    pays_from = models.DateField(null=True)
    pays_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "award"], name="payees_scope_once"),
        ]

    class Grants:
        """Kept with its mandate."""

        app = ("SELECT", "INSERT", "UPDATE")


class Incapacity(models.Model):
    """A court's finding that somebody has lost or limited capacity, or has difficulty in cognition:
    they receive through a representative until it is lifted."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(("lost", "limited", "difficulty")))
    document = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)
    lifted_by_document = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="payees_incapacity_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="payees_incapacity_dates"
            ),
        ]

    class Grants:
        """Lifted, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
