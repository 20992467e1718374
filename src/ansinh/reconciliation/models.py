# SPDX-License-Identifier: MPL-2.0
"""Result files, their raw lines, what became of each line, cases, and the days of bank accounts.

A file's bytes are kept sealed in the store before anything is read. A line is written once; what it
did is another row, written once as well.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.ledger.models import Source
from ansinh.reconciliation.lifecycles import CaseState, FileState

OUTCOMES = ("applied", "duplicate", "suspense", "malformed")
FACTS = ("", "paid", "failed", "returned")
ALARMS = ("rows_missing", "stuck", "job_stuck", "no_result", "no_result_late", "report_late")


def _unit() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class ResultFile(models.Model):
    """A file of results or a statement: its bytes once, its control totals, its life."""

    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=10, choices=Source)
    form = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.BinaryField(max_length=32, unique=True)
    declared_count = models.IntegerField(null=True)
    declared_vnd = models.BigIntegerField(null=True)
    count = models.IntegerField()
    sum_vnd = models.BigIntegerField()
    state = models.CharField(max_length=10, default=FileState.RECEIVED.value)
    held_for = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "-received_at"], name="reconciliation_file_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in FileState]), name="reconciliation_file_state"
            ),
        ]

    class Grants:
        """Never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Line(models.Model):
    """One line as it was read. `digest` is over what it says: equal for the same line in any file."""

    file_id = models.BigIntegerField()
    line_no = models.IntegerField()
    commune = _unit()
    end_to_end_id = models.CharField(max_length=20, blank=True)
    amount_vnd = models.BigIntegerField(null=True)
    fact = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    value_date = models.DateField(null=True)
    account_bidx = models.BinaryField(null=True, max_length=32)
    account_last4 = models.CharField(max_length=4, blank=True)
    holder = models.CharField(max_length=140, blank=True, db_default="")
    fault = models.CharField(max_length=20, blank=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file_id", "line_no"], name="reconciliation_line_once"),
            models.CheckConstraint(condition=Q(fact__in=FACTS), name="reconciliation_line_fact"),
        ]

    class Grants:
        """Write-once (R1)."""

        app = ("SELECT", "INSERT")


class Outcome(models.Model):
    """What became of a line: exactly one of four (R2). `event` is on the line that moved the
    instruction."""

    line_id = models.BigIntegerField(primary_key=True)
    file_id = models.BigIntegerField(db_index=True)
    commune = _unit()
    instruction_id = models.BigIntegerField(null=True)
    fact = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=9)
    reason = models.CharField(max_length=24, blank=True)
    event = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instruction_id", "fact"],
                condition=Q(outcome="applied"),
                name="reconciliation_fact_once",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="reconciliation_outcome_known"),
            models.CheckConstraint(
                condition=Q(event="") | Q(outcome="applied"), name="reconciliation_only_applied_moves"
            ),
        ]

    class Grants:
        """Write-once."""

        app = ("SELECT", "INSERT")


class Case(models.Model):
    """A line that fits nowhere, with its owner, its age, what is proposed and what two others said."""

    line_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField(max_length=16, unique=True)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=10, choices=Source)
    instruction_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=24)
    amount_vnd = models.BigIntegerField(null=True)
    posted_vnd = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=CaseState.OPEN.value)
    owner = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    remedy = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    submission_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="reconciliation_case_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in CaseState]), name="reconciliation_case_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(remedy="") & ~Q(evidence=""),
                name="reconciliation_case_has_evidence",
            ),
        ]

    class Grants:
        """Settled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class AccountDay(models.Model):
    """One day of a paying account as the bank states it: opening + in - out = closing (M11)."""

    file = models.ForeignKey(ResultFile, on_delete=models.PROTECT, related_name="days")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=34)
    day = models.DateField()
    opening_vnd = models.BigIntegerField()
    in_vnd = models.BigIntegerField()
    out_vnd = models.BigIntegerField()
    closing_vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="reconciliation_day_once"),
            models.CheckConstraint(
                condition=Q(closing_vnd=F("opening_vnd") + F("in_vnd") - F("out_vnd")),
                name="reconciliation_day_adds_up",
            ),
        ]

    class Grants:
        """Write-once."""

        app = ("SELECT", "INSERT")


class Alarm(models.Model):
    """Something that was promised and is not done, found by the sweep; closed by the sweep that no
    longer finds it."""

    kind = models.CharField(max_length=16)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=12)
    subject_id = models.BigIntegerField()
    count = models.IntegerField()
    amount_vnd = models.BigIntegerField(default=0)
    since = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "subject_id"],
                condition=Q(closed_at__isnull=True),
                name="reconciliation_alarm_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=ALARMS), name="reconciliation_alarm_kind"),
        ]

    class Grants:
        """Closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
