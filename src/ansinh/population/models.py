# SPDX-License-Identifier: MPL-2.0
"""Rounds, who is in them, what the register answered, what was settled, decided and signed.

Answers, withdrawals, confirmations, decisions and signatures are only ever added: the state of a
person is the latest answer that counts (views `population_current` and `population_standing`,
migration 0002). Rows carry their commune for row-level security.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.population.lifecycles import BatchState, RoundState
from ansinh.rules.population import Result

SOURCES = ("file", "queue", "service")
ACTIONS = ("correct", "keep", "death")
SIDES = ("commune", "police")
ADDED_ONLY = ("SELECT", "INSERT")


def _one_of(field: str, values: object, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)  # type: ignore[call-overload]


class Round(models.Model):
    """One check of a commune's list, from the list to two signatures. One open round a commune."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=RoundState.PREPARED.value)
    people = models.IntegerField()
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "-prepared_at"], name="population_round_commune")]
        constraints = [
            models.UniqueConstraint(
                fields=["commune"],
                condition=~Q(state__in=["signed", "cancelled"]),
                name="population_round_one_open",
            ),
            _one_of("state", [state.value for state in RoundState], "population_round_state"),
        ]

    class Grants:
        """Cancelled or signed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Member(models.Model):
    """A person in a round. `reference` says nothing about them; `version` is the record as it was
    when the round was prepared."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="members")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    position = models.IntegerField()
    version = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="population_member_once"),
            models.UniqueConstraint(fields=["round", "position"], name="population_member_position"),
        ]

    class Grants:
        """Who was asked about is never changed."""

        app = ADDED_ONLY


class HandOver(models.Model):
    """The list left the office: to whom, when, which bytes. Kept sealed in the file store."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="hand_overs")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    adapter = models.CharField(max_length=20)
    receiver = models.CharField(max_length=120)
    people = models.IntegerField()
    file_sha256 = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Grants:
        """Only ever added to."""

        app = ADDED_ONLY


class Answer(models.Model):
    """What the register says of one member, with who says so and when.

    `needs_second`: the person was dead before and this answer says otherwise; it counts once another
    person has confirmed it. `kinds` are the differences found, the most serious first. Only the seal
    of the number may ever be renewed (trigger of migration 0002).
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="answers")
    # Copied from the member by the statement that inserts: no second key to check on each row.
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    commune = models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    seq = models.IntegerField()
    result = models.CharField(max_length=16)
    kinds = ArrayField(models.CharField(max_length=20))
    said_name = models.CharField(max_length=100, blank=True)
    said_born = models.CharField(max_length=10, blank=True)
    said_sex = models.CharField(max_length=6, blank=True)
    said_number_enc = models.BinaryField(null=True)
    said_number_bidx = models.BinaryField(max_length=32, null=True)
    said_number_last4 = models.CharField(max_length=4, blank=True)
    died_on = models.CharField(max_length=10, blank=True)
    moved_to = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10)
    import_file = models.ForeignKey(
        "registry.ImportFile", on_delete=models.PROTECT, null=True, related_name="+"
    )
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    needs_second = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="population_answer_person"),
            models.Index(fields=["commune"], condition=Q(needs_second=True), name="population_answer_second"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member", "seq"], name="population_answer_once"),
            _one_of("result", [result.value for result in Result], "population_answer_result"),
            _one_of("source", SOURCES, "population_answer_source"),
            models.CheckConstraint(
                condition=~Q(result="deceased") | ~Q(died_on=""), name="population_answer_death_day"
            ),
            models.CheckConstraint(
                condition=~Q(result="moved") | ~Q(moved_to=""), name="population_answer_place"
            ),
        ]

    class Grants:
        """Added; the trigger lets an UPDATE renew the seal of the number and nothing else."""

        app = ("SELECT", "INSERT", "UPDATE")


class Withdrawal(models.Model):
    """The officer who answered took the answer back at once: it never counted."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="withdrawal")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Grants:
        """Only ever added to."""

        app = ADDED_ONLY


class Confirmation(models.Model):
    """A second person on "dead, later alive"."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="confirmation")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(by=F("answered_by")),
                name="population_confirmation_two_persons",
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ADDED_ONLY


class Batch(models.Model):
    """What an officer chose for a group of differences; undone or submitted as a whole."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="batches")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    people = models.IntegerField()
    state = models.CharField(max_length=10, default=BatchState.DRAFTED.value)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["round", "state"], name="population_batch_round")]
        constraints = [
            _one_of("action", ACTIONS, "population_batch_action"),
            _one_of("state", [state.value for state in BatchState], "population_batch_state"),
        ]

    class Grants:
        """Undone, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Settlement(models.Model):
    """What was chosen for one answer, and the proposal or life event that came of it."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="settlements")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="settlements")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    change = models.ForeignKey("registry.Change", on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey("registry.LifeEvent", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "answer"], name="population_settlement_once"),
        ]

    class Grants:
        """Undone with the batch, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Decision(models.Model):
    """Somebody with the duty decided about a blocking answer. A later answer asks again."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="decisions")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    pays = models.BooleanField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answer", "-id"], name="population_decision_answer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(by=F("answered_by")),
                name="population_decision_two_persons",
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ADDED_ONLY


class Signature(models.Model):
    """One side's signature on the content of a round. A new answer makes new content, so both sign
    again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="signatures")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8)
    content_sha256 = models.CharField(max_length=64)
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            _one_of("side", SIDES, "population_signature_side"),
            models.UniqueConstraint(
                fields=["round", "side", "content_sha256"], name="population_signature_once"
            ),
            models.UniqueConstraint(
                fields=["round", "officer", "content_sha256"], name="population_signature_two_persons"
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ADDED_ONLY
