# SPDX-License-Identifier: MPL-2.0
"""People, where they live, their awards, the lists they came in, and every change of a record.

Each row carries its commune: row-level security lets a transaction see its own communes only
(`staff.scope`). Citizen numbers and phones are sealed; names stay readable for search. Whatever an
UPDATE overwrites goes to `History` by a trigger of the database (migration 0002).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q, Value

from ansinh.registry.lifecycles import ChangeState, ImportState, PairState

# Notices about a whole list that are decided like warnings (the others are only told).
NOTICES_TO_DECIDE = frozenset(
    {
        "OBJECTS_DROPPED",
        "COLUMN_HIDDEN",
        "XLS_NOT_SEEN",
        "TOTAL_DIFFERS",
        "LIST_VERY_LONG",
        "LIST_OF_OTHER_MONTH",
    }
)
PRECISIONS = ("day", "month", "year")
LIFE = ("alive", "dead", "missing", "detained", "abroad")
HOUSEHOLDS = ("poor", "near_poor", "other")
CHANNELS = ("", "account", "pay_point", "home")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Person(models.Model):
    """One natural person. A merged record stays as an alias of the one it was merged into."""

    number_enc = models.BinaryField(null=True)
    number_bidx = models.BinaryField(max_length=32, null=True)
    number_last4 = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=400)
    born_on = models.DateField()
    born_precision = models.CharField(max_length=5, choices=_choices(PRECISIONS))
    sex = models.CharField(max_length=6, blank=True, choices=_choices(("", "male", "female")))
    ethnicity = models.CharField(max_length=40, blank=True)
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True)
    phone_enc = models.BinaryField(null=True)
    phone_bidx = models.BinaryField(max_length=32, null=True)
    phone_last4 = models.CharField(max_length=4, blank=True)
    channel = models.CharField(max_length=10, blank=True, choices=_choices(CHANNELS))
    household = models.CharField(max_length=9, default="other", choices=_choices(HOUSEHOLDS))
    disadvantaged_area = models.BooleanField(default=False)
    pension_vnd = models.BigIntegerField(default=0)
    lives_alone = models.BooleanField(default=False)
    life = models.CharField(max_length=8, default="alive", choices=_choices(LIFE))
    life_since = models.DateField(null=True)
    life_source = models.CharField(max_length=60, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="aliases")
    version = models.IntegerField(default=1)
    source_import = models.ForeignKey("ImportFile", on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["commune", "sort_key", "id"], name="registry_person_commune"),
            models.Index(fields=["sort_key", "id"], name="registry_person_sort"),
            models.Index(fields=["phone_bidx"], name="registry_person_phone"),
            models.Index(fields=["number_last4"], name="registry_person_last4"),
            models.Index(fields=["name_folded", "born_on"], name="registry_person_name_born"),
            models.Index(
                fields=["phone_last4"], name="registry_person_phone4", condition=Q(phone_last4__gt="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number_bidx"],
                condition=Q(merged_into__isnull=True),
                name="registry_person_one_living_record",
            ),
            models.CheckConstraint(condition=Q(pension_vnd__gte=0), name="registry_person_pension"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="registry_person_not_its_own_alias"
            ),
            models.CheckConstraint(
                condition=~Q(life="dead") | Q(life_since__isnull=False), name="registry_person_death_has_day"
            ),
        ]

    class Grants:
        """A person is merged or closed, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class OldNumber(models.Model):
    """A 9-digit number that a person had: links papers, pays nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="old_numbers")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    number_enc = models.BinaryField()
    number_bidx = models.BinaryField(max_length=32)
    number_last4 = models.CharField(max_length=4)

    class Meta:
        indexes = [models.Index(fields=["number_bidx"], name="registry_oldnumber_bidx")]
        constraints = [
            models.UniqueConstraint(fields=["person", "number_bidx"], name="registry_oldnumber_once"),
        ]


class Residence(models.Model):
    """Where a person lived between two dates; exactly one on each day (exclusion constraint, E4)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    hamlet = models.CharField(max_length=120, blank=True)
    validity = DateRangeField()

    class Grants:
        """Ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Award(models.Model):
    """A decision to pay: what, on which facts, by which decision, from which month to which.

    Months are first days. `facts` is what the law reads of this award (docs/reference/law.md).
    `earlier_suspensions` holds spans that are over, as pairs of months ["2024-01", "2024-03"]; the
    columns hold the latest. `voided` awards never counted: their list was replaced, or they would
    have begun after the death.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    family = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)
    first_month = models.DateField()
    end_month = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    suspended_from = models.DateField(null=True)
    suspended_to = models.DateField(null=True)
    suspend_reason = models.CharField(max_length=200, blank=True)
    earlier_suspensions = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    file_ref = models.CharField(max_length=60, blank=True)
    derives_from = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    merit_person = models.CharField(max_length=200, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    voided = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    source_import = models.ForeignKey("ImportFile", on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["commune", "code"], name="registry_award_commune"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code"],
                condition=Q(voided=False, end_month__isnull=True),
                name="registry_award_one_open",
            ),
            models.CheckConstraint(
                condition=Q(end_month__isnull=True) | Q(end_month__gte=F("first_month")),
                name="registry_award_months",
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1) & (Q(end_month__isnull=True) | Q(end_month__day=1)),
                name="registry_award_first_days",
            ),
        ]

    class Grants:
        """Ended or voided, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class History(models.Model):
    """A row as it was before an UPDATE, written by a trigger. Append-only."""

    table_name = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    commune = models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    version = models.IntegerField()
    until = models.DateTimeField()
    was = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id"], name="registry_history_row")]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class LifeEvent(models.Model):
    """Something that happened to a person: what the law prescribes is proposed, a person decides."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="events")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    reported_on = models.DateField()
    source = models.CharField(max_length=120)
    overpaid = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "happened_on"], name="registry_event_once"),
        ]

    class Grants:
        """Only ever added to."""

        app = ("SELECT", "INSERT")


class Change(models.Model):
    """A change of a record that one officer (or a life event, a birthday, a list) proposes and
    another checks. `content_enc` seals what the change says; `label` may be shown anywhere; `document`
    names the paper that a change of age needs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="changes")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    content_enc = models.BinaryField()
    effective_month = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    citation = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=200, blank=True, db_default="")
    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, null=True, related_name="proposals")
    source_import = models.ForeignKey("ImportFile", on_delete=models.PROTECT, null=True, related_name="+")
    base_version = models.IntegerField()
    state = models.CharField(max_length=10, default=ChangeState.PROPOSED.value)
    made_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "state"], name="registry_change_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "award"],
                condition=Q(state="proposed"),
                nulls_distinct=False,
                name="registry_change_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn")
                | Q(decided_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(decided_by=F("made_by")),
                name="registry_change_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ChangeState]), name="registry_change_state"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False),
                name="registry_change_decided_by_somebody",
            ),
        ]

    class Grants:
        """Decided, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class ImportFile(models.Model):
    """A list that was sent: its bytes (sealed in the store), its mapping, its counts, its life.

    `asked` keeps what the officer asked of the work in the background: the mapping, or the decisions
    and control totals. `told` is the refusal that it ended with: code, Vietnamese, English.
    """

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12)
    month = models.DateField()
    name = models.CharField(max_length=200)
    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    encoding = models.CharField(max_length=20, blank=True)
    rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    sum_vnd = models.BigIntegerField(default=0)
    codes = models.JSONField(default=dict)
    warnings = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=ImportState.RECEIVED.value)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "-sent_at"], name="registry_import_commune")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("accepted") + F("rejected") + F("skipped")),
                name="registry_import_nothing_lost",
            ),
            models.UniqueConstraint(
                fields=["sha256", "commune", "form"],
                condition=Q(state="confirmed"),
                name="registry_import_same_bytes_once",
            ),
            models.UniqueConstraint(
                fields=["commune", "form", "month"],
                condition=Q(state="confirmed"),
                name="registry_import_same_month_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ImportState]), name="registry_import_state"
            ),
        ]

    class Grants:
        """Kept with its outcome."""

        app = ("SELECT", "INSERT", "UPDATE")

    @property
    def must_be_decided(self) -> list[str]:
        """The codes of the warnings that the officer decides, group by group, before confirming."""
        seen = {code for _column, code, *_sentences in self.notices if code in NOTICES_TO_DECIDE}
        return sorted({*self.warnings, *seen})


class ImportProgress(models.Model):
    """How far the work on a list in the background is. Written on a connection of its own, so that the
    page sees it before the work commits."""

    id = models.BigIntegerField(primary_key=True)  # of the ImportFile
    commune = models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    done = models.IntegerField()
    total = models.IntegerField()
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    class Grants:
        """Overwritten, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class ImportRow(models.Model):
    """One row of a list with its outcome. `sealed` holds raw text, values and messages."""

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="lines")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    row = models.IntegerField()
    outcome = models.CharField(max_length=8)
    codes = ArrayField(models.CharField(max_length=40))
    warnings = ArrayField(models.CharField(max_length=40))
    change = models.CharField(max_length=9, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["file", "outcome", "row"], name="registry_row_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="registry_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "rejected", "skipped"]),
                name="registry_row_outcome_known",
            ),
        ]


class RememberedMapping(models.Model):
    """The mapping that a unit's officer confirmed for a form, by the header as it was written."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12)
    header_sha256 = models.BinaryField(max_length=32)
    mapping = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "form", "header_sha256"], name="registry_mapping_once"
            ),
        ]


class DuplicatePair(models.Model):
    """Two records that may be one person, with the weight and the reasons of the comparison."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=10)
    weight = models.IntegerField()
    reasons = ArrayField(models.CharField(max_length=40))
    state = models.CharField(max_length=8, default=PairState.OPEN.value)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "state", "-weight"], name="registry_pair_queue")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="registry_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="registry_pair_ordered"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PairState]), name="registry_pair_state"
            ),
        ]


class Lookups(models.Model):
    """How many times an officer searched in an hour: a limit against scraping."""

    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    many = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "hour"], name="registry_lookups_once")]


class SavedView(models.Model):
    """A filter of the register that an officer keeps under a name."""

    officer = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="registry_view_once")]
