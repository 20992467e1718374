# SPDX-License-Identifier: MPL-2.0
"""Campaigns with the people in them, visits, opening days, sendings of messages, targets, figures.

Rows about people carry their commune (row-level security). A visit is never changed; what is to be
done next for somebody stands in their `Contact`, which every visit moves.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.outreach.lifecycles import CampaignState, DayState
from ansinh.rules.outreach import Outcome, Step

GROUPS = ("A", "B", "C", "D", "E", "F")
HELPER_KINDS = ("officer", "hamlet", "bank_desk")
WAYS = ("zalo", "sms", "call", "paper")
COUNTED = ("with_account", "registered")
DENOMINATORS = ("all", "eligible", "wanting")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Helper(models.Model):
    """Somebody who goes to people: an officer, a helper of a hamlet, a bank's desk."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    kind = models.CharField(max_length=9, choices=_choices(HELPER_KINDS))
    hamlet = models.CharField(max_length=120, blank=True)
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "name", "hamlet"], name="outreach_helper_once"),
        ]

    class Grants:
        """Retired, never deleted: visits name them."""

        app = ("SELECT", "INSERT", "UPDATE")


class Campaign(models.Model):
    """A drive in a commune to win the people of some groups between two days."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    groups = ArrayField(models.CharField(max_length=1, choices=_choices(GROUPS)))
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, default=CampaignState.PLANNED.value)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "state"], name="outreach_campaign_commune")]
        constraints = [
            models.UniqueConstraint(fields=["commune", "name"], name="outreach_campaign_name_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="outreach_campaign_dates"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CampaignState]),
                name="outreach_campaign_state",
            ),
        ]

    class Grants:
        """Closed or cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Contact(models.Model):
    """One person in a campaign: who goes there, what is to be done next, and by when."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="contacts")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=12, unique=True)
    group_at_start = models.CharField(max_length=1, choices=_choices(GROUPS))
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="contacts")
    step = models.CharField(max_length=24, default=Step.VISIT.value)
    step_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    absences = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "hamlet", "id"], name="outreach_contact_hamlet"),
            models.Index(fields=["helper", "step_on"], name="outreach_contact_helper"),
            models.Index(fields=["person"], name="outreach_contact_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="outreach_contact_once"),
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in Step]), name="outreach_contact_step"
            ),
        ]

    class Grants:
        """Moved by visits, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class OpeningDay(models.Model):
    """A day on which a bank opens accounts in the commune."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="days")
    bank = models.CharField(max_length=20)
    on = models.DateField()
    place = models.CharField(max_length=140)
    state = models.CharField(max_length=10, default=DayState.PLANNED.value)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "bank", "on"], name="outreach_day_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DayState]), name="outreach_day_state"
            ),
        ]

    class Grants:
        """Held or cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Visit(models.Model):
    """Somebody went to somebody. Append-only; a line of a sheet is taken once."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="log")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.ForeignKey(OpeningDay, on_delete=models.PROTECT, null=True, related_name="visits")
    on = models.DateField()
    outcome = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Outcome])
    reasons = ArrayField(models.CharField(max_length=16), default=list)
    signed = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    sheet_sha256 = models.BinaryField(max_length=32, null=True)
    sheet_row = models.IntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["contact", "id"], name="outreach_visit_contact")]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet_sha256", "sheet_row"],
                condition=Q(sheet_sha256__isnull=False),
                name="outreach_visit_line_once",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reasons=[]), name="outreach_visit_refusal_says_why"
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Wish(models.Model):
    """How somebody wants to be told things."""

    person = models.OneToOneField("registry.Person", on_delete=models.PROTECT, related_name="wish")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=5, choices=_choices(WAYS))
    since = models.DateField()

    class Grants:
        """Changed by whoever is asked again."""

        app = ("SELECT", "INSERT", "UPDATE")


class Sending(models.Model):
    """A message handed to an adapter, written down before it is handed over: at most once. Without a
    result it is unknown, and a person decides."""

    notice = models.OneToOneField("payees.Notice", on_delete=models.PROTECT, related_name="sending")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    adapter = models.CharField(max_length=10)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField()
    result = models.CharField(max_length=8, blank=True, choices=_choices(("", "sent", "failed")))
    answer = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=1)

    class Grants:
        """Answered, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Target(models.Model):
    """A goal of a directive for a unit: what is counted, over whom, how much, by when."""

    code = models.CharField(max_length=40)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    counted = models.CharField(max_length=12, choices=_choices(COUNTED))
    denominator = models.CharField(max_length=8, choices=_choices(DENOMINATORS))
    permille = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    reference = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "unit"], name="outreach_target_once"),
            models.CheckConstraint(condition=Q(permille__range=(1, 1000)), name="outreach_target_permille"),
        ]


class Figure(models.Model):
    """How a hamlet stood at a month's end: people by group. Frozen, never changed."""

    month = models.DateField()
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True)
    people = models.IntegerField()
    a = models.IntegerField()
    b = models.IntegerField()
    c = models.IntegerField()
    d = models.IntegerField()
    e = models.IntegerField()
    f = models.IntegerField()
    with_account = models.IntegerField()
    registered = models.IntegerField()
    eligible = models.IntegerField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "commune", "hamlet"], name="outreach_figure_once"),
            models.CheckConstraint(
                condition=Q(people=F("a") + F("b") + F("c") + F("d") + F("e") + F("f")),
                name="outreach_figure_groups_are_all",
            ),
            models.CheckConstraint(
                condition=Q(eligible__lte=F("people")), name="outreach_figure_eligible_are_people"
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")
