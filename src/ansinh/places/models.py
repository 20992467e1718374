# SPDX-License-Identifier: MPL-2.0
"""Units, who belonged to whom, what became of them, who is responsible: all by date."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q


class Level(models.TextChoices):
    """The levels of government; districts ended on 30 June 2025."""

    PROVINCE = "province", "tỉnh"
    DISTRICT = "district", "huyện"
    COMMUNE = "commune", "xã"
    HAMLET = "hamlet", "thôn"


class Unit(models.Model):
    """One unit as it was between two dates. A merger ends it and begins another."""

    key = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=10)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400)
    validity = DateRangeField()
    source = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["code", "level"], name="places_unit_code"),
            models.Index(fields=["name_key"], name="places_unit_name", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="places_unit_level"
            ),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="places_unit_lived"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitParent(models.Model):
    """The unit directly above, between two dates; exactly one on each day (exclusion constraint)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    validity = DateRangeField()


class UnitSuccessor(models.Model):
    """`old` became `new` on a day. `share`: whole, or main/part when `old` was split."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    share = models.CharField(max_length=5, choices=[("whole", "whole"), ("main", "main"), ("part", "part")])
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="places_successor_once"),
        ]


class Agency(models.Model):
    """The agency responsible for a function at a level, between two dates."""

    function = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=120)
    validity = DateRangeField()
    reference = models.CharField(max_length=120)
    verified = models.BooleanField()


class SigningTitle(models.Model):
    """Who signs an act at a level, between two dates."""

    act = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=Level)
    title = models.CharField(max_length=120)
    validity = DateRangeField()
    reference = models.CharField(max_length=120)
    verified = models.BooleanField()
