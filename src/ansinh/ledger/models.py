# SPDX-License-Identifier: MPL-2.0
"""Postings, budgets and closed periods. All are append-only: by grant, and by trigger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Source(models.TextChoices):
    """Where the money comes from; also the stream of a payroll. Never mixed in one list (M5)."""

    MERIT = "merit", "Ngân sách trung ương – người có công"
    ASSISTANCE = "assistance", "Ngân sách địa phương – bảo trợ xã hội"


class Posting(models.Model):
    """One balanced posting: `amount_vnd` is debited to one account and credited to another.

    `period` is the month that is paid, `booked` the accounting month that the fact falls into: a
    late fact about a closed month is booked in the open one. (`origin`, `origin_id`, `origin_seq`)
    names the fact that caused it, once.
    """

    source = models.CharField(max_length=10, choices=Source)
    commune = models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    period = models.DateField()
    booked = models.DateField()
    cause = models.CharField(max_length=10)
    debit = models.CharField(max_length=16)
    credit = models.CharField(max_length=16)
    amount_vnd = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    origin = models.CharField(max_length=12)
    origin_id = models.BigIntegerField()
    origin_seq = models.SmallIntegerField()
    reverses_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "period"], name="ledger_posting_commune"),
            models.Index(fields=["person_id"], name="ledger_posting_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "origin_id", "origin_seq"], name="ledger_posting_once_a_fact"
            ),
            models.UniqueConstraint(
                fields=["reverses_id"], condition=Q(reverses_id__isnull=False), name="ledger_reversed_once"
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="ledger_posting_positive"),
            models.CheckConstraint(
                condition=Q(period__day=1) & Q(booked__day=1), name="ledger_posting_first_days"
            ),
            models.CheckConstraint(
                condition=Q(reverses_id__isnull=True) | ~Q(reason=""), name="ledger_reversal_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="ledger_posting_source"),
        ]

    class Grants:
        """Never changed (M3)."""

        app = ("SELECT", "INSERT")


class Budget(models.Model):
    """A decision that gives a commune money of one source for a budget year."""

    source = models.CharField(max_length=10, choices=Source)
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    amount_vnd = models.BigIntegerField()
    decision = models.CharField(max_length=120)
    decided_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "commune", "year", "decision"], name="ledger_budget_decision_once"
            ),
            models.CheckConstraint(condition=~Q(amount_vnd=0), name="ledger_budget_not_zero"),
        ]

    class Grants:
        """A cut is another decision, with a negative amount."""

        app = ("SELECT", "INSERT")


class Closing(models.Model):
    """An accounting month of one source and commune that is closed: nothing is booked in it again
    (M10). `last_posting_id` is the last one that it counts."""

    source = models.CharField(max_length=10, choices=Source)
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    last_posting_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "commune", "month"], name="ledger_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="ledger_closing_first_day"),
        ]

    class Grants:
        """Never opened again."""

        app = ("SELECT", "INSERT")


class ClosedBalance(models.Model):
    """What an account held when its month was closed: the balance that is stored (M4)."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="balances")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    account = models.CharField(max_length=16)
    balance_vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "period", "account"], name="ledger_closed_balance_once"
            ),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")
