# SPDX-License-Identifier: MPL-2.0
"""Cases of doubt with their outcome, and enquiries for holders' names with each round's hashes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.payees.lifecycles import CaseState, EnquiryState
from ansinh.payees.models.accounts import Account, choices

OUTCOMES = ("fraud", "official_error", "client_error", "legitimate")
INSIDERS = ("village_head", "cashier", "relative")
ANSWERS = ("", "found", "not_found", "closed", "blocked")


class Case(models.Model):
    """What a rule noticed in one commune: the persons and accounts in `CasePerson`, the figures in
    `facts`. `key` names the facts, so that the same facts are one case and no more."""

    rule = models.CharField(max_length=4)
    key = models.CharField(max_length=120)
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    holds = models.BooleanField()
    owner = models.CharField(max_length=20)
    due_on = models.DateField()
    state = models.CharField(max_length=6, default=CaseState.OPEN.value)
    outcome = models.CharField(max_length=16, blank=True, choices=choices(("", *OUTCOMES)))
    note = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "state", "due_on"], name="payees_case_desk")]
        constraints = [
            models.UniqueConstraint(fields=["rule", "key", "commune"], name="payees_case_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CaseState]), name="payees_case_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(outcome="") & ~Q(note="")), name="payees_case_has_outcome"
            ),
        ]

    class Grants:
        """Decided, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class CasePerson(models.Model):
    """A beneficiary whom a case is about, with the account in doubt."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["account"], name="payees_caseperson_account")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Enquiry(models.Model):
    """A list that went to an institution and came back: hashes of both, and the counts."""

    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=20)
    how = models.CharField(max_length=8, choices=choices(("file", "service")))
    lines = models.IntegerField()
    asked_sha256 = models.BinaryField(max_length=32)
    answered_sha256 = models.BinaryField(max_length=32, null=True)
    state = models.CharField(max_length=10, default=EnquiryState.SENT.value)
    counts = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EnquiryState]), name="payees_enquiry_state"
            ),
        ]

    class Grants:
        """Answered or cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class EnquiryLine(models.Model):
    """One question and its answer. `reference` is all that the institution gives back."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="questions")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30, unique=True)
    answer = models.CharField(max_length=10, blank=True, choices=choices(ANSWERS))
    raw = models.CharField(max_length=40, blank=True)
    printed_name = models.CharField(max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "account"], name="payees_enquiryline_once"),
        ]

    class Grants:
        """Answered, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Insider(models.Model):
    """Somebody close to the money who is no officer of the house: a village head, a cashier, a relative
    that an officer has declared. D7 looks for them behind beneficiaries."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    kind = models.CharField(max_length=12, choices=choices(INSIDERS))
    of_whom = models.CharField(max_length=140, blank=True)
    number_enc = models.BinaryField()
    number_bidx = models.BinaryField(max_length=32)
    number_last4 = models.CharField(max_length=4)
    phone_enc = models.BinaryField(null=True)
    phone_bidx = models.BinaryField(max_length=32, null=True)
    phone_last4 = models.CharField(max_length=4, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "number_bidx"], condition=Q(until__isnull=True), name="payees_insider_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="relative") | ~Q(of_whom=""), name="payees_insider_relative_of_whom"
            ),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
