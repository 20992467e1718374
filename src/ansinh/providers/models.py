# SPDX-License-Identifier: MPL-2.0
"""Providers, what they can do where between two dates, selections with their scores, contracts.

Nothing here is personal data. A cost borne by the beneficiary cannot be stored (CHECK). `*_bps` are
hundredths of a percent of the money paid: 75 is 0,75 %.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from ansinh.providers.lifecycles import AnnexState, ContractState, SelectionState

KINDS = ("bank", "wallet", "mobile_money", "pay_organisation")
FACTS = ("branch", "atm", "pay_point", "agent", "home_service", "opens_at_home", "wallet", "mobile_money",
         "fees_waived")  # fmt: skip
REACH = ("branch", "atm", "pay_point", "agent")  # facts that are places where money is reached
STREAMS = ("merit", "assistance")
CHANNELS = ("account", "wallet", "mobile_money", "pay_point", "home")
COSTS = ("transfer", "withdrawal", "card", "opening", "maintenance", "notice", "home_delivery")
BEARERS = ("provider", "budget")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Provider(models.Model):
    """An organisation that may pay. `institution` is its code in the directory of banks, if it has one."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=16, choices=_choices(KINDS))
    institution = models.CharField(max_length=20, blank=True)
    hotline = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution"], condition=~Q(institution=""), name="providers_provider_institution"
            ),
        ]

    class Grants:
        """Kept: contracts and payments name them."""

        app = ("SELECT", "INSERT", "UPDATE")


class ProviderFact(models.Model):
    """What a provider has or does in a unit between two dates: a count, or 0/1. One a day (exclusion).
    `hamlet`: where in a commune; empty is the whole unit."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="facts")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=16, choices=_choices(FACTS))
    quantity = models.IntegerField()
    validity = DateRangeField()
    evidence = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "kind"], name="providers_fact_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="providers_fact_quantity"),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Selection(models.Model):
    """A unit chooses who pays: a commune, a district, or a province for a framework."""

    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    opened_on = models.DateField()
    state = models.CharField(max_length=10, default=SelectionState.OPEN.value)
    minutes_on = models.DateField(null=True)
    minutes_present = models.TextField(blank=True, max_length=2000)
    minutes_text = models.TextField(blank=True, max_length=8000)
    choice_reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField(null=True)
    opened_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SelectionState]),
                name="providers_selection_state",
            ),
        ]

    class Grants:
        """Cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Criterion(models.Model):
    """One thing that candidates are compared by, with its weight of 100."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200, blank=True)
    weight = models.IntegerField()
    order = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "code"], name="providers_criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=100), name="providers_weight"),
        ]

    class Grants:
        """Weights change while the selection is open."""

        app = ("SELECT", "INSERT", "UPDATE")


class Candidate(models.Model):
    """A provider that takes part in a selection, and what it offers."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="candidates")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="candidacies")
    fee_bps = models.IntegerField()
    offer = models.CharField(max_length=500, blank=True)
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "provider"], name="providers_candidate_once"),
            models.CheckConstraint(
                condition=Q(fee_bps__gte=0, fee_bps__lte=1000), name="providers_offer_fee"
            ),
        ]

    class Grants:
        """Never deleted: who took part stays known."""

        app = ("SELECT", "INSERT", "UPDATE")


class Score(models.Model):
    """Points of one candidate on one criterion, 0 to 100, with what they rest on."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.IntegerField()
    evidence = models.CharField(max_length=500)
    scored_at = models.DateTimeField()
    scored_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="providers_score_once"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="providers_points"),
            models.CheckConstraint(condition=~Q(evidence=""), name="providers_score_evidence"),
        ]

    class Grants:
        """Corrected while the selection is open."""

        app = ("SELECT", "INSERT", "UPDATE")


class Contract(models.Model):
    """What a provider owes a unit between two dates. In force: signed, and the day lies within."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="contracts")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    validity = DateRangeField()
    streams = ArrayField(models.CharField(max_length=10, choices=_choices(STREAMS)))
    channels = ArrayField(models.CharField(max_length=12, choices=_choices(CHANNELS)))
    scope = models.CharField(max_length=500)
    fee_bps = models.IntegerField()
    liability = models.CharField(max_length=500)
    list_day = models.IntegerField(default=25)
    report_day = models.IntegerField(default=20)
    state = models.CharField(max_length=10, default=ContractState.DRAFT.value)
    ended_reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "unit"], name="providers_contract_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="providers_contract_number"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ContractState]),
                name="providers_contract_state",
            ),
            models.CheckConstraint(
                condition=Q(list_day__range=(1, 28), report_day__range=(1, 28)), name="providers_days"
            ),
            models.CheckConstraint(
                condition=Q(fee_bps__gte=0, fee_bps__lte=1000), name="providers_contract_fee"
            ),
            models.CheckConstraint(condition=~Q(liability=""), name="providers_contract_liability"),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class ContractCost(models.Model):
    """Who bears one cost: the provider or the budget, never the beneficiary."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="costs")
    cost = models.CharField(max_length=16, choices=_choices(COSTS))
    bearer = models.CharField(max_length=12, choices=_choices(BEARERS))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "cost"], name="providers_cost_once"),
            models.CheckConstraint(condition=Q(bearer__in=BEARERS), name="providers_never_the_beneficiary"),
        ]

    class Grants:
        """Written with the contract."""

        app = ("SELECT", "INSERT")


class Annex(models.Model):
    """A year's change of a signed contract: another fee, another end, other words."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="annexes")
    number = models.CharField(max_length=60)
    year = models.IntegerField()
    signed_on = models.DateField()
    applies_from = models.DateField()
    until = models.DateField(null=True)  # the first day after the contract, when it is prolonged
    fee_bps = models.IntegerField(null=True)
    words = models.TextField(max_length=4000)
    state = models.CharField(max_length=10, default=AnnexState.DRAFT.value)
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="providers_annex_number"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AnnexState]), name="providers_annex_state"
            ),
            models.CheckConstraint(
                condition=Q(fee_bps__isnull=True) | Q(fee_bps__gte=0, fee_bps__lte=1000),
                name="providers_annex_fee",
            ),
        ]

    class Grants:
        """Cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
