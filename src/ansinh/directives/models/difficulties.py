# SPDX-License-Identifier: MPL-2.0
"""Difficulties that units report, and the answers that become guidance."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.directives.lifecycles import AnswerState, DifficultyState


class Category(models.TextChoices):
    """What difficulties are about; the synthesis counts by it."""

    ACCOUNT = "account", "Mở, dùng tài khoản"
    DATA = "data", "Dữ liệu, số định danh"
    PROXY = "proxy", "Ủy quyền, giám hộ"
    PROVIDER = "provider", "Ngân hàng, tổ chức chi trả"
    PAYMENT = "payment", "Chi trả, hoàn trả"
    BUDGET = "budget", "Kinh phí, kho bạc"
    LAW = "law", "Chính sách, mức hưởng"
    SOFTWARE = "software", "Phần mềm, đường truyền"
    OTHER = "other", "Việc khác"


class Answer(models.Model):
    """The department's answer to one or many difficulties, or its submission to who may decide.
    Drafted by one, issued by another; issued it is guidance for everybody."""

    title = models.CharField(max_length=200)
    category = models.CharField(max_length=10, choices=Category)
    words = models.TextField(max_length=8000)
    words_folded = models.TextField()
    cites = models.CharField(max_length=500)
    authority = models.CharField(max_length=200, blank=True)
    submission_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default=AnswerState.DRAFT.value)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AnswerState]), name="directives_answer_state"
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=F("drafted_by")),
                name="directives_answer_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(cites=""), name="directives_answer_cites_a_rule"
            ),
        ]

    class Grants:
        """Guidance stays."""

        app = ("SELECT", "INSERT", "UPDATE")


class Difficulty(models.Model):
    """What stands in a unit's way. `at_unit` and `owner` say whose turn it is, `due_on` until when."""

    number = models.CharField(max_length=30, unique=True)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=10, choices=Category)
    words = models.TextField(max_length=4000)
    words_folded = models.TextField()
    asks_for = models.CharField(max_length=1000)
    lines = models.CharField(max_length=500, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    file_name = models.CharField(max_length=200, blank=True)
    task = models.ForeignKey("Task", on_delete=models.PROTECT, null=True, related_name="difficulties")
    at_unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=16, default=DifficultyState.RAISED.value)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="difficulties")
    not_like = ArrayField(models.BigIntegerField(), default=list)  # answers a person said it is not like
    raised_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at_unit", "state", "due_on"], name="directives_difficulty_turn"),
            models.Index(fields=["unit", "category"], name="directives_difficulty_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DifficultyState]),
                name="directives_difficulty_state",
            ),
        ]

    class Grants:
        """Closed or withdrawn, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class DifficultyStep(models.Model):
    """One step of a difficulty: from whom to whom, until when. Append-only."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="steps")
    event = models.CharField(max_length=20)
    to_unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["difficulty", "at"], name="directives_step_difficulty")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class DifficultyPerson(models.Model):
    """A person whom a difficulty concerns; seen in the commune's scope only."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["difficulty", "person"], name="directives_concerned_once"),
        ]

    class Grants:
        """Written with the difficulty."""

        app = ("SELECT", "INSERT")
