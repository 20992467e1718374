# SPDX-License-Identifier: MPL-2.0
"""Accounts with their events, the dated figures, and notices that wait to be sent.

An account is never overwritten: another replaces it from a month on (`usable_from`, `usable_until`,
first days of months, half-open). The number is sealed; its blind index is over institution and
number together, so that a shared account is found and nothing else.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.payees.lifecycles import AccountState, NoticeState

CHANNELS = ("account", "wallet", "mobile_money")
SOURCES = ("vneid", "police", "commune", "bank")
MATCHES = ("", "equal", "equal_folded", "truncated", "close", "different")


def choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Symbols as Django's choices; labels live in templates."""
    return [(value, value) for value in values]


class PayRule(models.Model):
    """The figures of `rules.payees.PayRule` from a day on. Data, changed by adding a row."""

    valid_from = models.DateField(unique=True)
    cut_off_day = models.PositiveSmallIntegerField()
    cooling_days = models.PositiveSmallIntegerField()
    own_account_age = models.PositiveSmallIntegerField()
    majority_age = models.PositiveSmallIntegerField()
    proxy_alert = models.PositiveSmallIntegerField()
    proxy_cap = models.PositiveSmallIntegerField()
    mandate_months = models.PositiveSmallIntegerField()
    reminder_days = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cut_off_day__range=(1, 28)) & Q(cooling_days__lt=F("cut_off_day")),
                name="payees_payrule_days",
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Account(models.Model):
    """Where somebody may be paid: whose money (`person`), under which mandate (None: their own), and
    what became of it in each check."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="accounts")
    mandate = models.ForeignKey(
        "payees.Mandate", on_delete=models.PROTECT, null=True, related_name="accounts"
    )
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=choices(CHANNELS))
    bank = models.CharField(max_length=20)
    number_enc = models.BinaryField()
    number_bidx = models.BinaryField(max_length=32)
    number_last4 = models.CharField(max_length=4)
    holder_name = models.CharField(max_length=140, blank=True)
    name_match = models.CharField(max_length=12, blank=True, choices=choices(MATCHES))
    source = models.CharField(max_length=8, choices=choices(SOURCES))
    asserted_by = models.CharField(max_length=120)
    asserted_on = models.DateField()
    asserted_until = models.DateField(null=True)
    state = models.CharField(max_length=16, default=AccountState.DECLARED.value)
    fault = models.CharField(max_length=40, blank=True)
    fault_note = models.CharField(max_length=300, blank=True)
    fault_owner = models.CharField(max_length=20, blank=True)
    next_action = models.CharField(max_length=40, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    usable_from = models.DateField(null=True)
    usable_until = models.DateField(null=True)
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="payees_account_person"),
            models.Index(fields=["commune", "state", "id"], name="payees_account_queue"),
            models.Index(fields=["number_bidx"], name="payees_account_bidx"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "mandate"],
                condition=Q(state__in=[state.value for state in AccountState if state.is_waiting]),
                nulls_distinct=False,
                name="payees_account_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(made_by__isnull=True) | ~Q(decided_by=F("made_by")),
                name="payees_account_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AccountState]), name="payees_account_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "active", "suspended", "replaced"])
                | Q(usable_from__isnull=False),
                name="payees_account_has_first_month",
            ),
            models.CheckConstraint(
                condition=(Q(usable_from__isnull=True) | Q(usable_from__day=1))
                & (Q(usable_until__isnull=True) | Q(usable_until__day=1)),
                name="payees_account_first_days",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["format_failed", "identity_failed", "holder_failed", "suspended"])
                | (~Q(fault="") & ~Q(fault_owner="") & ~Q(next_action="")),
                name="payees_account_fault_says_what_next",
            ),
        ]

    class Grants:
        """Replaced or closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class AccountEvent(models.Model):
    """What happened to an account, in order. Append-only."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="events")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="payees_event_account"),
            models.Index(fields=["at"], name="payees_event_at"),  # "what happened after a day"
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Notice(models.Model):
    """A message for the phone that was on file before a change. Never a link, never a code."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    phone_enc = models.BinaryField(null=True)
    phone_last4 = models.CharField(max_length=4, blank=True)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=8, default=NoticeState.WAITING.value)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "state", "id"], name="payees_notice_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in NoticeState]), name="payees_notice_state"
            ),
        ]

    class Grants:
        """Sent or failed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
