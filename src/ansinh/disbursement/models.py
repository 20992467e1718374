# SPDX-License-Identifier: MPL-2.0
"""Instructions that never change, what happened to them, and the envelopes they leave in.

The bulk tables have no foreign keys and few indexes: both cost more than the rows (a checker proves
what a key would). The state of an instruction is the latest event (view `disbursement_state`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value

from ansinh.disbursement.lifecycles import EnvelopeState
from ansinh.rules.payments import PAYMENT, Payment

RECEIPTS = ("signature", "thumbprint", "photo")
ENTERED = ("page", "offline")  # at the pay point, or afterwards from the signed list
PAPERS = ("signed_list", "voucher", "minutes", "other")


def _unit() -> models.ForeignKey[models.Model, models.Model]:
    """The commune of a bulk row: no constraint, the rows come from lines that have it."""
    return models.ForeignKey(
        "places.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class Instruction(models.Model):
    """Pay this amount to this payee, once. Only the seal of the account number may be renewed.

    One a payroll, person, payee and attempt: `attempt` 1 and on replaces an instruction that came
    back (`replaces_id`, once each). `end_to_end_id` exists before anything is sent.
    """

    commune = _unit()
    payroll_id = models.BigIntegerField()
    stream = models.CharField(max_length=10)
    period = models.DateField()
    person_id = models.BigIntegerField()
    payee_key = models.CharField(max_length=60)
    attempt = models.SmallIntegerField()
    replaces_id = models.BigIntegerField(null=True)
    end_to_end_id = models.CharField(max_length=20)
    amount_vnd = models.BigIntegerField()
    lines = models.SmallIntegerField()
    channel = models.CharField(max_length=16)
    bank = models.CharField(max_length=20)
    account_id = models.BigIntegerField(null=True)
    account_enc = models.BinaryField(null=True)
    account_bidx = models.BinaryField(null=True, max_length=32)
    account_last4 = models.CharField(max_length=4)
    holder_name = models.CharField(max_length=120)
    payee_kind = models.CharField(max_length=16)
    payee_person_id = models.BigIntegerField(null=True)
    payee_name = models.CharField(max_length=120)
    mandate_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=120)
    hamlet = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="disbursement_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["payroll_id", "person_id", "payee_key", "attempt"], name="disbursement_one_living"
            ),
            models.UniqueConstraint(fields=["end_to_end_id"], name="disbursement_id_once"),
            models.UniqueConstraint(
                fields=["replaces_id"],
                condition=Q(replaces_id__isnull=False),
                name="disbursement_replaced_once",
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="disbursement_positive"),
            models.CheckConstraint(
                condition=Q(attempt=0, replaces_id__isnull=True)
                | Q(attempt__gt=0, replaces_id__isnull=False),
                name="disbursement_attempts",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=["account", "wallet", "mobile_money"])
                | Q(account_enc__isnull=False, account_bidx__isnull=False),
                name="disbursement_has_an_account",
            ),
        ]

    class Grants:
        """Key rotation seals the account number again; the trigger lets nothing else change."""

        app = ("SELECT", "INSERT", "UPDATE (account_enc)")


class Part(models.Model):
    """A payroll line in the instruction that pays it: once an attempt (P2)."""

    pk = models.CompositePrimaryKey("payroll_id", "line_id", "attempt")
    payroll_id = models.BigIntegerField()
    line_id = models.BigIntegerField()
    attempt = models.SmallIntegerField()
    instruction_id = models.BigIntegerField()
    commune = _unit()
    amount_vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="disbursement_part_positive")
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class Event(models.Model):
    """One step in the life of an instruction. The key decides a race: the second finds it taken."""

    pk = models.CompositePrimaryKey("instruction_id", "seq")
    instruction_id = models.BigIntegerField()
    seq = models.SmallIntegerField()
    commune = _unit()
    state_from = models.CharField(max_length=16)
    event = models.CharField(max_length=10)
    state_to = models.CharField(max_length=16)
    cause = models.CharField(max_length=10)  # envelope | result | desk | cash | officer
    source_line = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_line"], condition=Q(source_line__isnull=False), name="disbursement_line_once"
            ),
            models.CheckConstraint(
                condition=Q(state_to__in=[each.value for each in Payment]), name="disbursement_event_state"
            ),
            models.CheckConstraint(
                condition=Q(seq__gt=1) | Q(state_from=PAYMENT.initial.value), name="disbursement_event_begins"
            ),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class Hold(models.Model):
    """An instruction that must not leave for now, with the reason; released, never deleted."""

    instruction_id = models.BigIntegerField()
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instruction_id"],
                condition=Q(released_at__isnull=True),
                name="disbursement_held_once",
            ),
        ]

    class Grants:
        """Released, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")


class Envelope(models.Model):
    """One file to one payer: declared count and sum, the hash of its bytes, its life.

    `reference` is the idempotency key. `fence` grows with every dispatch: an older one is refused.
    """

    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    payroll_id = models.BigIntegerField()
    stream = models.CharField(max_length=10)
    period = models.DateField()
    reference = models.CharField(max_length=30, unique=True)
    layout = models.CharField(max_length=24)
    count = models.IntegerField()
    sum_vnd = models.BigIntegerField()
    file_name = models.CharField(max_length=80)
    sha256 = models.BinaryField(max_length=32)
    state = models.CharField(max_length=12, default=EnvelopeState.BUILT.value)
    fence = models.IntegerField(default=0)
    submission_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    built_at = models.DateTimeField()
    built_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="disbursement_envelope_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in EnvelopeState]),
                name="disbursement_envelope_state",
            ),
            models.CheckConstraint(
                condition=Q(count__gt=0, sum_vnd__gt=0), name="disbursement_envelope_not_empty"
            ),
        ]

    class Grants:
        """Cancelled, never deleted; the trigger keeps bytes, count and sum as they were built."""

        app = ("SELECT", "INSERT", "UPDATE")


class Enclosed(models.Model):
    """An instruction in an envelope. `turn` counts: it enters another envelope only after the one
    before was cancelled, and two who try at once find the turn taken (P4)."""

    pk = models.CompositePrimaryKey("instruction_id", "turn")
    instruction_id = models.BigIntegerField()
    turn = models.SmallIntegerField()
    envelope_id = models.BigIntegerField()
    commune = _unit()
    place = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["envelope_id", "place"], name="disbursement_place_once"),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class Installation(models.Model):
    """Who this database is, one row: a backup that is put back says the same, a copy for tests or
    benchmarks gets a mark of its own (`config.database.clone_database`)."""

    mark = models.UUIDField(primary_key=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Value(1), name="disbursement_one_installation"),
        ]

    class Grants:
        """Written by the migration."""

        app = ("SELECT",)


class Slip(models.Model):
    """A slip that was printed for somebody who is paid in cash: found by the 80-bit code on it, which
    is nowhere; the code of an instruction is the same every time it is printed."""

    instruction_id = models.BigIntegerField(primary_key=True)
    commune = _unit()
    code_bidx = models.BinaryField(max_length=32, unique=True)
    printed_at = models.DateTimeField()
    printed_by = models.BigIntegerField()

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class Receipt(models.Model):
    """How a payee signed for cash: once an instruction, with who watched, the proxy's paper, and a
    picture where there is one. `handed_on` is the day of the money, `at` that of the entry."""

    instruction_id = models.BigIntegerField(primary_key=True)
    commune = _unit()
    kind = models.CharField(max_length=10)
    supervisor = models.CharField(max_length=120)
    proxy_paper = models.CharField(max_length=200, blank=True)
    entered = models.CharField(max_length=7)
    handed_on = models.DateField()
    name = models.CharField(max_length=200, blank=True)
    mime = models.CharField(max_length=40, blank=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RECEIPTS) & Q(entered__in=ENTERED), name="disbursement_receipt_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="photo") | Q(sha256__isnull=False), name="disbursement_photo_is_there"
            ),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class Paper(models.Model):
    """A scan that belongs to an envelope: the signed list, a voucher, minutes. Sealed in the store."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="papers")
    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=40)
    sha256 = models.BinaryField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["envelope", "sha256"], name="disbursement_paper_once"),
            models.CheckConstraint(condition=Q(kind__in=PAPERS), name="disbursement_paper_known"),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")


class CashLimit(models.Model):
    """How much cash may lie in a commune and for how many days, from a day on, by a decision."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    most_vnd = models.BigIntegerField()
    most_days = models.SmallIntegerField()
    valid_from = models.DateField()
    decision = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "valid_from"], name="disbursement_limit_once"),
            models.CheckConstraint(
                condition=Q(most_vnd__gt=0, most_days__gt=0), name="disbursement_limit_positive"
            ),
        ]

    class Grants:
        """Another from a later day; never changed."""

        app = ("SELECT", "INSERT")


class CashCount(models.Model):
    """The cash that was counted in a commune at the end of a day beside what must be there (M9)."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    expected_vnd = models.BigIntegerField()
    counted_vnd = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "-day"], name="disbursement_count_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_vnd=F("counted_vnd")) | ~Q(note=""), name="disbursement_count_explained"
            ),
            models.CheckConstraint(condition=Q(counted_vnd__gte=0), name="disbursement_count_not_below"),
        ]

    class Grants:
        """Counted again, never changed."""

        app = ("SELECT", "INSERT")


class CashBack(models.Model):
    """Cash of people who did not come, brought back by who pays for a commune and month: the advance
    is settled with it. The document is the bank's or the treasury's slip."""

    commune = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10)
    period = models.DateField()
    amount_vnd = models.BigIntegerField()
    document = models.CharField(max_length=120)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "source", "period", "document"], name="disbursement_back_once"
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="disbursement_back_positive"),
        ]

    class Grants:
        """Never changed."""

        app = ("SELECT", "INSERT")
