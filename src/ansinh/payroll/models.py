# SPDX-License-Identifier: MPL-2.0
"""Payrolls, their distinct cases, their lines (one partition a payroll), and what one live payment
for each person, component and month rests on.

Lines are written once, into a fresh partition, and never updated. `Claim` is the narrow table whose
key makes a second payment impossible over all payrolls (invariant P1).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from ansinh.payroll.lifecycles import EntryState, HoldState, PayrollState, RunState

STREAMS = ("merit", "assistance")
KINDS = ("current", "arrears", "carried_forward", "one_off", "correction", "recovery")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _states(states: type[PayrollState | HoldState | EntryState | RunState]) -> list[str]:
    return [state.value for state in states]


class LawCopy(models.Model):
    """The law's files of a version that some payroll was calculated with, kept to rebuild it."""

    version = models.CharField(max_length=64, primary_key=True)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    class Grants:
        """Append-only."""

        app = ("SELECT", "INSERT")


class Payroll(models.Model):
    """One payroll: a unit, a stream, a month. `months` is 2 when two months are paid together (Tết).

    `number` 1 is the month's payroll; 2 and on are supplements after it was locked. `communes` are
    the ids it covered when it was prepared. `total_vnd` is what is payable: held lines and
    recoveries stand beside it.
    """

    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=10, choices=_choices(STREAMS))
    period = models.DateField()
    months = models.SmallIntegerField(default=1)
    number = models.SmallIntegerField(default=1)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    communes = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=12, default=PayrollState.PREPARING.value)
    law_version = models.CharField(max_length=64, blank=True)
    known_on = models.DateField(null=True)
    people = models.IntegerField(default=0)
    lines = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    unowed = models.IntegerField(default=0)
    total_vnd = models.BigIntegerField(default=0)
    held_vnd = models.BigIntegerField(default=0)
    recover_vnd = models.BigIntegerField(default=0)
    content_sha256 = models.BinaryField(max_length=32, null=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    unexplained = models.IntegerField(default=0)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    calculated_at = models.DateTimeField(null=True)
    calculated_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    submission_id = models.BigIntegerField(null=True)
    return_reason = models.CharField(max_length=500, blank=True)
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["period", "stream", "state"], name="payroll_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "stream", "period", "number"],
                condition=~Q(state="cancelled"),
                name="payroll_once_a_month",
            ),
            models.CheckConstraint(condition=Q(state__in=_states(PayrollState)), name="payroll_state"),
            models.CheckConstraint(condition=Q(period__day=1, months__in=[1, 2]), name="payroll_period"),
            models.CheckConstraint(condition=Q(stream__in=STREAMS), name="payroll_stream"),
        ]

    class Grants:
        """Cancelled, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Run(models.Model):
    """A calculation left to the background: who asked for it, which step it has reached (`done` of
    `steps`, on a connection of its own), and how it ended. One open at a time for a payroll."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=8, default=RunState.WAITING.value)
    known_on = models.DateField()
    step = models.CharField(max_length=20, blank=True)
    done = models.SmallIntegerField(default=0)
    steps = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal_vi = models.TextField(blank=True)
    refusal_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payroll"], condition=Q(state__in=["waiting", "running"]), name="payroll_run_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=_states(RunState)), name="payroll_run_state"),
        ]

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Case(models.Model):
    """Facts that several people share for a month, and the answer of the law: lines with steps and
    citations, what is not owed and why. Names nobody."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="cases")
    month = models.DateField()
    fact_key = models.TextField()
    facts = models.JSONField()
    answer = models.JSONField()

    class Grants:
        """Thrown away by a recalculation only."""

        app = ("SELECT", "INSERT", "DELETE")


class Line(models.Model):
    """An amount owed to one person for one component and month, with a snapshot of what was used.

    Partitioned by payroll (migration 0002); the partition is loaded, indexed, then attached. `hold`
    empty means payable. `deducted_vnd` is what other payrolls had paid of the same amount.
    """

    pk = models.CompositePrimaryKey("payroll_id", "id")
    payroll_id = models.BigIntegerField()
    id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    award_id = models.BigIntegerField()
    component = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    benefit_month = models.DateField()
    kind = models.CharField(max_length=16)
    amount_vnd = models.BigIntegerField()
    deducted_vnd = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    hold = models.CharField(max_length=40)
    source_payroll_id = models.BigIntegerField(null=True)
    source_line_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=100)
    number_last4 = models.CharField(max_length=4)
    hamlet = models.CharField(max_length=120)
    payee_kind = models.CharField(max_length=16)
    payee_person_id = models.BigIntegerField(null=True)
    payee_name = models.TextField()
    mandate_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=16)
    bank = models.TextField()
    account_id = models.BigIntegerField(null=True)
    account_enc = models.BinaryField(null=True)
    account_bidx = models.BinaryField(null=True)
    account_last4 = models.CharField(max_length=4)
    holder_name = models.TextField()

    class Meta:
        db_table = "payroll_line"

    class Grants:
        """Written through the functions of migration 0002 only; key rotation seals the number again
        (the hash covers its blind index, not the sealed form)."""

        app = ("SELECT", "UPDATE (account_enc)")


class CommuneTotal(models.Model):
    """What a payroll pays in one commune, as it was calculated: what budgets and boards add up."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="communes_paid")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    people = models.IntegerField()
    lines = models.IntegerField()
    held = models.IntegerField()
    total_vnd = models.BigIntegerField()
    held_vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payroll", "commune"], name="payroll_commune_total_once"),
        ]

    class Grants:
        """Thrown away by a recalculation only."""

        app = ("SELECT", "INSERT", "DELETE")


class Claim(models.Model):
    """The live payment of a person, component and benefit month: its key exists once over all
    payrolls. A recovery claims a negative amount. `taken_*` is the line that this one carries on."""

    pk = models.CompositePrimaryKey("benefit_month", "person_id", "component")
    benefit_month = models.DateField()
    person_id = models.BigIntegerField()
    component = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    commune_id = models.BigIntegerField()
    amount_vnd = models.BigIntegerField()
    payroll_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    taken_payroll_id = models.BigIntegerField(null=True)
    taken_line_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [BrinIndex(fields=["payroll_id"], name="payroll_claim_payroll")]

    class Grants:
        """Released by a recalculation before the lock, or by a correction."""

        app = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Unowed(models.Model):
    """A person whose awards owe nothing, or less than each alone: the case says why."""

    payroll = models.ForeignKey(
        Payroll, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    month = models.DateField()
    case_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["payroll", "person_id"], name="payroll_unowed_person"),
        ]

    class Grants:
        """Thrown away by a recalculation only."""

        app = ("SELECT", "INSERT", "DELETE")


class Difference(models.Model):
    """What differs for a person from last month, with the reason that was found ('' when none)."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="differences")
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    before_vnd = models.BigIntegerField()
    after_vnd = models.BigIntegerField()
    before_text = models.CharField(max_length=200)
    after_text = models.CharField(max_length=200)
    reason = models.CharField(max_length=40)
    evidence = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payroll", "person_id", "kind"], name="payroll_difference_once"),
        ]

    class Grants:
        """Thrown away by a recalculation only."""

        app = ("SELECT", "INSERT", "DELETE")


class Explanation(models.Model):
    """Why a person's payment differs, in an officer's words; survives a recalculation."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="explanations")
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payroll", "person_id", "kind"], name="payroll_explained_once"),
        ]

    class Grants:
        """Append-only."""

        app = ("SELECT", "INSERT")


class Hold(models.Model):
    """A hold on a person's payments that an officer placed, until released with a reason."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default=HoldState.PLACED.value)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "stream"], condition=Q(state="placed"), name="payroll_hold_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=_states(HoldState)), name="payroll_hold_state"),
        ]

    class Grants:
        """Released, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Entry(models.Model):
    """A line that an officer adds by a decision: a one-off grant, a correction, a recovery. Another
    officer confirms it; then it goes through the payroll that uses it, and so through its two
    approvals."""

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey("registry.Award", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=10, choices=_choices(STREAMS))
    kind = models.CharField(max_length=16, choices=_choices(("one_off", "correction", "recovery")))
    benefit_month = models.DateField()
    amount_vnd = models.BigIntegerField()
    decision = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=EntryState.PROPOSED.value)
    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, null=True, related_name="entries")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    check_note = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_states(EntryState)), name="payroll_entry_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "used"]) | Q(checked_by__isnull=False),
                name="payroll_entry_checked",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
                name="payroll_entry_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(amount_vnd__gt=0) & ~Q(decision="") & Q(benefit_month__day=1),
                name="payroll_entry_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="used", payroll__isnull=False) | ~Q(state="used"),
                name="payroll_entry_used_in",
            ),
        ]

    class Grants:
        """Withdrawn, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class StagePerson(models.Model):
    """The shape of a calculation's working rows: a person, a month, their facts, in the order of the
    paper. Each calculation has an unlogged table of its own of this shape (`payroll_open_stage`)."""

    pk = models.CompositePrimaryKey("month", "person_id")
    place = models.BigIntegerField()
    month = models.DateField()
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    fact_key = models.TextField()
    awards = ArrayField(models.BigIntegerField())
    person_name = models.CharField(max_length=100)
    number_last4 = models.CharField(max_length=4)
    hamlet = models.CharField(max_length=120)
    dead = models.BooleanField()

    class Meta:
        db_table = "payroll_stage_person"


class StageClaim(models.Model):
    """Working rows of a calculation (unlogged): what other payrolls pay of a staged month."""

    pk = models.CompositePrimaryKey("run", "month", "person_id", "component")
    run = models.BigIntegerField()
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    month = models.DateField()
    component = models.CharField(max_length=60)
    paid = models.BigIntegerField()
    earlier = models.BigIntegerField()

    class Meta:
        db_table = "payroll_stage_claim"


class StageExtra(models.Model):
    """Working rows of a calculation (unlogged): lines beside the cases: what was paid and is not owed,
    what is carried forward, what was added by hand. `due` is negative for what comes back."""

    pk = models.CompositePrimaryKey("run", "month", "person_id", "component")
    run = models.BigIntegerField()
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    month = models.DateField()
    component = models.CharField(max_length=60)
    paid = models.BigIntegerField()
    earlier = models.BigIntegerField()
    place = models.BigIntegerField()
    award_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    case_id = models.BigIntegerField(null=True)
    due = models.BigIntegerField()
    source_payroll_id = models.BigIntegerField(null=True)
    source_line_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=100)
    number_last4 = models.CharField(max_length=4)
    hamlet = models.CharField(max_length=120)
    dead = models.BooleanField()

    class Meta:
        db_table = "payroll_stage_extra"


class StageLine(models.Model):
    """Working rows of a calculation (unlogged): the lines of each distinct case. Names nobody."""

    pk = models.CompositePrimaryKey("run", "case_id", "component")
    run = models.BigIntegerField()
    case_id = models.BigIntegerField()
    month = models.DateField()
    fact_key = models.TextField()
    component = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    place = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    amount_vnd = models.BigIntegerField()

    class Meta:
        db_table = "payroll_stage_line"


class StageHold(models.Model):
    """Working rows of a calculation (unlogged): why a person's lines are held, or those of one award,
    first reason first."""

    pk = models.CompositePrimaryKey("run", "person_id", "rank")
    run = models.BigIntegerField()
    person_id = models.BigIntegerField()
    commune_id = models.BigIntegerField()
    rank = models.SmallIntegerField()
    reason = models.CharField(max_length=40)
    award_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "payroll_stage_hold"
