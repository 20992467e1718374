# SPDX-License-Identifier: MPL-2.0
"""Published seeds, draws of locked payrolls, visits with their findings, and who leads a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.oversight.lifecycles import VisitState

RIGHT = "right"
WRONG = ("dead", "nobody_knows", "not_entitled", "other_amount", "not_received", "other_got_it")
FINDINGS = (RIGHT, *WRONG)


class Seed(models.Model):
    """The words from which a month's sample is drawn, published before its payrolls are locked."""

    period = models.DateField(unique=True)
    text = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(period__day=1), name="oversight_seed_month")]

    class Grants:
        """Published words are never changed."""

        app = ("SELECT", "INSERT")


class Draw(models.Model):
    """The sample of one locked payroll: the hash it was drawn from, lines in all, lines drawn."""

    seed = models.ForeignKey(Seed, on_delete=models.PROTECT, related_name="draws")
    payroll_id = models.BigIntegerField(unique=True)
    content_sha256 = models.BinaryField(max_length=32)
    lines = models.IntegerField()
    drawn = models.IntegerField()
    drawn_at = models.DateTimeField()

    class Grants:
        """Drawn once."""

        app = ("SELECT", "INSERT")


class Visit(models.Model):
    """One line that was drawn. `of_lines`: how many lines its commune had, for the weight."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="visits")
    line_id = models.BigIntegerField()
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    of_lines = models.IntegerField()
    amount_vnd = models.BigIntegerField()
    state = models.CharField(max_length=8, default=VisitState.DRAWN.value)
    finding = models.CharField(max_length=14, blank=True, choices=[(each, each) for each in FINDINGS])
    note = models.CharField(max_length=500, blank=True)
    tries = models.SmallIntegerField(default=0)
    visited_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    visitor = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "state"], name="oversight_visit_commune")]
        constraints = [
            models.UniqueConstraint(fields=["draw", "line_id"], name="oversight_visit_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in VisitState]), name="oversight_visit_state"
            ),
            models.CheckConstraint(
                condition=Q(state="visited", visitor__isnull=False) & ~Q(finding="")
                | ~Q(state="visited") & Q(finding=""),
                name="oversight_visit_finding",
            ),
        ]

    class Grants:
        """Recorded, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Charge(models.Model):
    """Who leads a case until when; the latest counts."""

    case = models.ForeignKey("payees.Case", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="oversight_charge_latest")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")
