# SPDX-License-Identifier: MPL-2.0
"""Figures by commune and month, counted from the stages by a refresh. No names, no numbers."""

from __future__ import annotations

from django.db import models


class Standing(models.Model):
    """A commune in a month: its people by group and channel, its money by stream.

    `eligible`: those who can open an account, have one, or have somebody who receives for them (the
    letter's first denominator, docs/reference/payees.md); `people` is the second. `payments` were given to
    a payer for the month, `on_time` arrived by the report day, `returned` came back, `uncollected` nobody
    came for, `unreported` have no answer. `difficulties` and `complaints` are open now, `late` of both are
    overdue.
    """

    month = models.DateField()
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    people = models.IntegerField()
    eligible = models.IntegerField()
    group_a = models.IntegerField()
    group_b = models.IntegerField()
    group_c = models.IntegerField()
    group_d = models.IntegerField()
    group_e = models.IntegerField()
    group_f = models.IntegerField()
    by_account = models.IntegerField()
    by_wallet = models.IntegerField()
    by_cash = models.IntegerField()
    held = models.IntegerField()
    merit_vnd = models.BigIntegerField()
    assistance_vnd = models.BigIntegerField()
    payments = models.IntegerField(default=0)
    arrived = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    uncollected = models.IntegerField(default=0)
    unreported = models.IntegerField(default=0)
    difficulties = models.IntegerField(default=0)
    complaints = models.IntegerField(default=0)
    late = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "commune"], name="dashboards_standing_once"),
        ]


class Refresh(models.Model):
    """When a month was counted, how long it took, how many communes it has."""

    month = models.DateField()
    at = models.DateTimeField()
    milliseconds = models.IntegerField()
    communes = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["month", "-at"], name="dashboards_refresh_month")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")
