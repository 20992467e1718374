# SPDX-License-Identifier: MPL-2.0
"""Review rounds: each beneficiary's place in one, what happened to it, obstacles, refusals, papers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ansinh.payees.lifecycles import PlaceState, RoundState
from ansinh.payees.models.accounts import Account, choices
from ansinh.payees.models.mandates import Mandate
from ansinh.rules.readiness import Obstacle as Code

OBSTACLES = tuple(code.value for code in Code)
PAPERS = ("mandate", "refusal", "review_list", "minutes", "other")


class Round(models.Model):
    """One review of a commune, under a number of its own."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    title = models.CharField(max_length=160)
    opened_on = models.DateField()
    switch_month = models.DateField()
    state = models.CharField(max_length=6, default=RoundState.OPEN.value)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "number"], name="payees_round_number"),
            models.UniqueConstraint(
                fields=["commune"], condition=Q(state="open"), name="payees_round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RoundState]), name="payees_round_state"
            ),
        ]

    class Grants:
        """Closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Place(models.Model):
    """Where one beneficiary stands in a round. `version` lets two officers write at the same time:
    the second one sees the first one's words before their own are kept."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=400)
    state = models.CharField(max_length=12, default=PlaceState.LISTED.value)
    version = models.IntegerField(default=1)
    difference = models.CharField(max_length=300, blank=True)
    visited_on = models.DateField(null=True)
    helper = models.CharField(max_length=120, blank=True)
    obstacles = ArrayField(models.CharField(max_length=20), default=list)
    note = models.CharField(max_length=500, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    switch_month = models.DateField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["round", "hamlet", "sort_key", "id"], name="payees_place_hamlet"),
            models.Index(fields=["round", "state"], name="payees_place_state"),
            models.Index(fields=["person"], name="payees_place_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="payees_place_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PlaceState]), name="payees_place_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="collected") | Q(account__isnull=False) | Q(mandate__isnull=False),
                name="payees_place_collected_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_over", "paid"]) | Q(switch_month__isnull=False),
                name="payees_place_has_switch_month",
            ),
        ]

    class Grants:
        """Moved along its edges, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class PlaceEvent(models.Model):
    """What happened to a place, in order, with what was written. Append-only."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="events")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    event = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="payees_placeevent_version"),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Obstacle(models.Model):
    """Why somebody is not paid through an account, from one day to another; several at once."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, choices=choices(OBSTACLES))
    prevents = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code"], condition=Q(until__isnull=True), name="payees_obstacle_once"
            ),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Refusal(models.Model):
    """Somebody does not want an account: why, signed when, before whom, and the slip."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    signed_on = models.DateField()
    signed_how = models.CharField(max_length=12, choices=choices(("signature", "fingerprint")))
    witness = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="payees_refusal_one_open"
            ),
        ]

    class Grants:
        """Withdrawn, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Paper(models.Model):
    """A scanned paper, sealed in the store under its hash, and what it belongs to."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="papers")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="papers")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(PAPERS))
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=40)
    sha256 = models.BinaryField(max_length=32)
    bytes = models.IntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person"], name="payees_paper_person")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")
