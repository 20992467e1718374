# SPDX-License-Identifier: MPL-2.0
"""Documents, the orders in them, and the tasks that units got from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ansinh.directives.lifecycles import DirectiveState, PlanState, TaskState

ADDRESSEES = ("agency", "below", "communes")


class Document(models.Model):
    """A document of the administration: known by its number, its day and who issued it."""

    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=160)
    kind = models.CharField(max_length=40)
    abstract = models.CharField(max_length=1000)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    file_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"], name="directives_document_once"
            ),
        ]

    class Grants:
        """A document is never changed; a later one replaces it."""

        app = ("SELECT", "INSERT")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DocumentReference(models.Model):
    """One document refers to another."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="references")
    refers_to = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="referred_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "refers_to"], name="directives_reference_once"),
        ]

    class Grants:
        """Written with the document."""

        app = ("SELECT", "INSERT")


class Directive(models.Model):
    """A document of a unit that gives orders to the units below and to its departments."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="directive")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=DirectiveState.DRAFT.value)
    issued_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DirectiveState]),
                name="directives_directive_state",
            ),
        ]

    class Grants:
        """Closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Order(models.Model):
    """One thing that a directive orders. `measure` names what the system counts; else it is reported."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="orders")
    position = models.IntegerField()
    paragraph = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=1000)
    addressee = models.CharField(max_length=10, choices=[(each, each) for each in ADDRESSEES])
    agencies = ArrayField(models.CharField(max_length=120), default=list)  # departments of the addressee
    due_on = models.DateField()
    measure = models.CharField(max_length=40, blank=True)
    target_percent = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "position"], name="directives_order_once"),
            models.CheckConstraint(
                condition=Q(target_percent__isnull=True) | Q(target_percent__range=(1, 100)),
                name="directives_order_target",
            ),
            models.CheckConstraint(
                condition=~Q(addressee="agency") | ~Q(agencies=[]), name="directives_order_agency"
            ),
        ]

    class Grants:
        """Added while the directive is a draft."""

        app = ("SELECT", "INSERT")


class Task(models.Model):
    """One order for one unit (or a department of it). Late is not a state: it follows from the day."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    passed_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_to")
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=TaskState.GIVEN.value)
    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="directives_task_unit"),
            models.Index(
                fields=["officer"], condition=Q(officer__isnull=False), name="directives_task_officer"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "unit", "agency"], name="directives_task_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TaskState]), name="directives_task_state"
            ),
        ]

    class Grants:
        """Passed on or withdrawn, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class TaskReport(models.Model):
    """What a unit says about a task that the system cannot count; or beside what it counts."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    percent = models.IntegerField(null=True)
    words = models.CharField(max_length=2000)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    file_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["task", "-at"], name="directives_report_task")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__range=(0, 100)),
                name="directives_report_percent",
            ),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Reminder(models.Model):
    """Somebody above reminded a unit of a task."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reminders")
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["task", "-at"], name="directives_reminder_task")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Plan(models.Model):
    """A unit's own plan to carry a directive out. `words`: the sections in their order."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField()
    words = models.JSONField()
    state = models.CharField(max_length=10, default=PlanState.DRAFT.value)
    version = models.IntegerField(default=1)
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signer = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit"], name="directives_plan_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PlanState]), name="directives_plan_state"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(number=""), name="directives_plan_issued_has_number"
            ),
        ]

    class Grants:
        """Issued, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")
