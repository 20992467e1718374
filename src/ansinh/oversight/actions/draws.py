# SPDX-License-Identifier: MPL-2.0
"""A seed is published, a locked payroll's sample is drawn from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.oversight.models import Draw, Seed
from ansinh.payroll.models import Payroll
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.rules.sampling import LEAST, ONE_IN, sample_size
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

SHORTEST = 12
LOCKED = ("locked", "handed_over")


class SeedTooShort(Refusal):
    """The words could be tried one after the other; fields: least."""

    code = "SEED_TOO_SHORT"


class SeedPublished(Refusal):
    """The month has its words already; fields: month."""

    code = "SEED_PUBLISHED"


class SeedMissing(Refusal):
    """No words were published for the month; fields: month."""

    code = "SEED_MISSING"


class SeedTooLate(Refusal):
    """The words were published after the payroll was locked: they could have been chosen to spare
    somebody."""

    code = "SEED_TOO_LATE"


class PayrollNotLocked(Refusal):
    """A sample is drawn of a locked payroll only."""

    code = "DRAW_NEEDS_LOCK"


class DrawnAlready(Refusal):
    """The payroll's sample exists."""

    code = "DRAWN_ALREADY"


def publish_seed(*, period: Month, text: str, by: Officer, at: datetime) -> Seed:
    """Publish the words of a month. Raises `SeedTooShort` or `SeedPublished`."""
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        raise SeedTooShort(least=SHORTEST)
    with transaction.atomic():
        made, new = Seed.objects.get_or_create(
            period=period.first_day, defaults={"text": words, "published_at": at, "published_by": by}
        )
        if not new:
            raise SeedPublished(month=str(period))
        record(by=by.pk, at=at, act="oversight.publish_seed", subject="seed", subject_id=made.pk,
               details={"period": str(period), "text": words})  # fmt: skip
    return made


def draw(*, payroll_id: int, at: datetime, by: Officer | None = None) -> Draw:
    """Draw the sample of a locked payroll: one statement, however many lines. Raises `PayrollNotLocked`,
    `SeedMissing`, `SeedTooLate` or `DrawnAlready`."""
    with transaction.atomic(), opened_to_all(), connection.cursor() as cursor:
        payroll = Payroll.objects.select_for_update().get(pk=payroll_id)
        if payroll.state not in LOCKED or payroll.content_sha256 is None or payroll.locked_at is None:
            raise PayrollNotLocked
        period = Month.of(payroll.period)
        seed = Seed.objects.filter(period=payroll.period).first()
        if seed is None:
            raise SeedMissing(month=str(period))
        if seed.published_at >= payroll.locked_at:
            raise SeedTooLate
        if Draw.objects.filter(payroll_id=payroll_id).exists():
            raise DrawnAlready
        content = bytes(payroll.content_sha256)
        sizes = _sizes(cursor, payroll_id)
        made = Draw.objects.create(
            seed=seed, payroll_id=payroll_id, content_sha256=content, lines=sum(sizes), drawn_at=at,
            drawn=sum(sample_size(each) for each in sizes),
        )  # fmt: skip
        cursor.execute(
            statement("oversight", "draw"),
            {"draw": made.pk, "payroll": payroll_id, "seed": seed.text, "content": content.hex(),
             "least": LEAST, "one_in": ONE_IN},
        )  # fmt: skip
        record(by=by.pk if by else None, at=at, act="oversight.draw", subject="draw", subject_id=made.pk,
               unit_id=payroll.unit_id, details={"payroll": payroll_id, "drawn": made.drawn})  # fmt: skip
    return made


def _sizes(cursor: Any, payroll_id: int) -> list[int]:
    """How many lines each commune of a payroll has."""
    cursor.execute(
        "SELECT count(*) FROM payroll_line WHERE payroll_id = %s AND hold = '' AND kind <> 'recovery'"
        " GROUP BY commune_id",
        [payroll_id],
    )
    return [int(row[0]) for row in cursor.fetchall()]


def draw_waiting(*, at: datetime) -> int:
    """Draw every locked payroll whose month has its words and that was not drawn; returns how many."""
    done = 0
    for seed in Seed.objects.order_by("period"):
        drawn = Draw.objects.filter(seed=seed).values("payroll_id")
        with transaction.atomic(), opened_to_all():
            waiting = list(
                Payroll.objects.filter(
                    period=seed.period, state__in=LOCKED, locked_at__gt=seed.published_at,
                    content_sha256__isnull=False,
                ).exclude(pk__in=drawn).order_by("pk").values_list("pk", flat=True)
            )  # fmt: skip
        for payroll_id in waiting:
            draw(payroll_id=payroll_id, at=at)
            done += 1
    return done
