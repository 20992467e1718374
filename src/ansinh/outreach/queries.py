# SPDX-License-Identifier: MPL-2.0
"""How far the goals are, who is behind each figure, who works on whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from ansinh.outreach.models import GROUPS, Campaign, Contact, Figure, Helper, Sending, Target
from ansinh.payees.periods import for_day
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, children, descendants, homes, with_history
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.outreach import Step, permille
from ansinh.statements import statement

SMALL = 30  # people; a percentage over fewer says little, and is shown as such
FIGURES = ("all", "eligible", "with_account", "registered", "left")
OPEN_STEPS = tuple(step.value for step in Step if step is not Step.DONE)


@dataclass(frozen=True, slots=True)
class Standing:
    """People of a unit by group on a day; `frozen_at` when the figures are a month's frozen ones."""

    groups: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    with_account: int = 0
    registered: int = 0
    eligible: int = 0  # who can open an account, has one, or has somebody who receives for them
    frozen_at: datetime | None = None

    @property
    def beneficiaries(self) -> int:
        """Everybody who receives."""
        return sum(self.groups.values())

    @property
    def left(self) -> int:
        """Who is eligible and not registered."""
        return self.eligible - self.registered

    def counted(self, target: Target) -> int:
        """The target's numerator."""
        return self.registered if target.counted == "registered" else self.with_account

    def over(self, target: Target) -> int:
        """The target's denominator."""
        found = {"eligible": self.eligible, "wanting": self.with_account}
        return found.get(target.denominator, self.beneficiaries)

    def __add__(self, other: Standing) -> Standing:
        groups = {name: self.groups[name] + other.groups[name] for name in GROUPS}
        return Standing(
            groups, self.with_account + other.with_account, self.registered + other.registered,
            self.eligible + other.eligible, self.frozen_at or other.frozen_at,
        )  # fmt: skip


def people_left(*, standing: Standing, target: Target) -> int:
    """How many more people reach the target."""
    wanted = -(-standing.over(target) * target.permille // 1000)
    return max(wanted - standing.counted(target), 0)


def standings(*, commune_ids: Iterable[int], on: date) -> dict[tuple[int, str], Standing]:
    """(commune, hamlet) -> how it stands on a day: frozen figures on the last day of a month that has
    them, else counted from the history for the month that follows the day. What belonged to a commune
    that has been merged stands under what it became."""
    asked = set(commune_ids)
    ids = list(with_history(unit_ids=asked))
    month = Month.of(on)
    counted: list[tuple[int, str, Standing]] = []
    if on == month.last_day:
        frozen = Figure.objects.filter(month=month.first_day, commune_id__in=ids)
        counted = [(each.commune_id, each.hamlet, _frozen(each)) for each in frozen]
    if not counted:
        for_day(on=on)
        with connection.cursor() as cursor:
            cursor.execute(statement("outreach", "standings"), {"communes": ids})
            counted = [
                (row[0], row[1], Standing(dict(zip(GROUPS, row[2:8], strict=True)), *row[8:11]))
                for row in cursor.fetchall()
            ]
    home = homes(unit_ids={commune for commune, _hamlet, _each in counted}, on=on)
    found: dict[tuple[int, str], Standing] = {}
    for commune, hamlet, each in counted:
        if home.get(commune) in asked:
            key = (home[commune], hamlet)
            found[key] = found.get(key, Standing()) + each
    return found


def _frozen(row: Figure) -> Standing:
    groups = {name: getattr(row, name.lower()) for name in GROUPS}
    return Standing(groups, row.with_account, row.registered, row.eligible, row.frozen_at)


def communes_below(*, unit: Unit, on: date) -> set[int]:
    """The communes of a unit on a day; a commune is its own."""
    if unit.level == "commune":
        return {unit.pk}
    below = descendants(unit_ids=[unit.pk], on=on)
    return set(Unit.objects.filter(pk__in=below, level="commune").values_list("pk", flat=True))


def standing(*, unit: Unit, on: date) -> Standing:
    """How a unit stands on a day."""
    found = standings(commune_ids=communes_below(unit=unit, on=on), on=on)
    return sum(found.values(), Standing())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a unit with its figures: a unit below, or a hamlet."""

    name: str
    unit: Unit | None
    standing: Standing
    hamlet: str = ""


def parts(*, unit: Unit, on: date) -> list[Part]:
    """A unit's parts on a day: hamlets of a commune, else the units directly below."""
    return _divided(unit, standings(commune_ids=communes_below(unit=unit, on=on), on=on), on)


def _divided(unit: Unit, found: dict[tuple[int, str], Standing], on: date) -> list[Part]:
    if unit.level == "commune":
        return [Part(hamlet or "–", None, each, hamlet) for (_id, hamlet), each in sorted(found.items())]
    by_commune: dict[int, Standing] = {}
    for (commune, _hamlet), each in found.items():
        by_commune[commune] = by_commune.get(commune, Standing()) + each
    made = []
    for below in children(unit_id=unit.pk, on=on):
        inside = communes_below(unit=below, on=on)
        total = sum((by_commune[each] for each in inside & by_commune.keys()), Standing())
        made.append(Part(below.name, below, total))
    return made


@dataclass(frozen=True, slots=True)
class Ranked:
    """A part against a target: its share, how many are left, how it moved since last month's end."""

    part: Part
    permille: int
    left: int
    moved: int | None  # tenths of a per cent; None without frozen figures
    small: bool


def ranking(*, found: Sequence[Part], before: dict[str, Standing], target: Target) -> list[Ranked]:
    """Parts in the order of their share, then of fewer people left; those with very few people come
    last, because one person moves their share by whole per cents."""
    made = []
    for part in found:
        share = permille(part.standing.counted(target), part.standing.over(target))
        earlier = before.get(part.name)
        moved = share - permille(earlier.counted(target), earlier.over(target)) if earlier else None
        small = part.standing.over(target) < SMALL
        made.append(Ranked(part, share, people_left(standing=part.standing, target=target), moved, small))
    return sorted(made, key=lambda each: (each.small, -each.permille, each.left, each.part.name))


def before(*, unit: Unit, on: date) -> dict[str, Standing]:
    """The parts' frozen figures at the end of the month before, by name; empty without them."""
    last = Month.of(on).previous
    asked = communes_below(unit=unit, on=on)
    rows = Figure.objects.filter(month=last.first_day, commune_id__in=with_history(unit_ids=asked))
    if not rows:
        return {}
    home = homes(unit_ids={each.commune_id for each in rows}, on=on)
    known = {(home[each.commune_id], each.hamlet): _frozen(each) for each in rows
             if home.get(each.commune_id) in asked}  # fmt: skip
    return {part.name: part.standing for part in _divided(unit, known, on)}


def trend(*, unit: Unit, on: date, months: int = 24) -> list[tuple[Month, Standing]]:
    """Frozen figures of the months before a day, oldest first; those of merged communes stand under
    what they became by the day that is asked about."""
    asked = communes_below(unit=unit, on=on)
    first, last = Month.of(on) - months, Month.of(on).previous
    rows = Figure.objects.filter(
        commune_id__in=with_history(unit_ids=asked), month__range=(first.first_day, last.first_day)
    )
    home = homes(unit_ids={each.commune_id for each in rows}, on=on)
    found: dict[date, Standing] = {}
    for each in rows:
        if home.get(each.commune_id) in asked:
            found[each.month] = found.get(each.month, Standing()) + _frozen(each)
    return [(Month.of(month), found[month]) for month in sorted(found)]


def targets_of(*, unit: Unit, on: date) -> list[Target]:
    """The targets that hold for a unit: its own and those of the units above it; a target of a unit
    that was merged holds for what it became."""
    above = {unit.pk, *(each.pk for each in ancestors(unit_id=unit.pk, on=on))}
    found = list(Target.objects.order_by("due_on", "code"))
    home = homes(unit_ids={each.unit_id for each in found}, on=on)
    return [each for each in found if home.get(each.unit_id) in above]


def behind(*, commune_ids: Iterable[int], figure: str, hamlet: str | None, on: date) -> QuerySet[Person]:
    """The people behind a figure of a day (a group, or one of `FIGURES`), in Vietnamese order."""
    asked = set(commune_ids)
    for_day(on=on)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("outreach", "behind"),
            {"communes": list(with_history(unit_ids=asked)), "figure": figure, "hamlet": hamlet},
        )
        rows = cursor.fetchall()
    home = homes(unit_ids={commune for _person, commune in rows}, on=on)
    ids = [person for person, commune in rows if home.get(commune) in asked]
    return Person.objects.filter(pk__in=ids).select_related("commune").order_by("sort_key", "pk")


def progress(*, campaign: Campaign, today: date) -> list[dict[str, Any]]:
    """A campaign by hamlet: people, visited, done, due, who goes there."""
    rows = (
        Contact.objects.filter(campaign=campaign)
        .values("hamlet")
        .annotate(
            people=Count("id"),
            visited=Count("id", filter=Q(visits__gt=0)),
            done=Count("id", filter=Q(step=Step.DONE.value)),
            refused=Count("id", filter=Q(outcome="refused")),
            due=Count("id", filter=Q(step_on__lte=today) & ~Q(step=Step.DONE.value)),
            unassigned=Count("id", filter=Q(helper__isnull=True)),
        )
        .order_by("hamlet")
    )
    return [dict(row) for row in rows]


def workload(*, campaign: Campaign, today: date) -> QuerySet[Helper]:
    """Helpers of a campaign's commune with what they have and what is due."""
    mine = Q(contacts__campaign=campaign)
    left = mine & ~Q(contacts__step=Step.DONE.value)
    return (
        Helper.objects.filter(commune_id=campaign.commune_id, active=True)
        .annotate(
            people=Count("contacts", filter=mine),
            left=Count("contacts", filter=left),
            due=Count("contacts", filter=left & Q(contacts__step_on__lte=today)),
            visited=Count("contacts", filter=mine & Q(contacts__visits__gt=0)),
        )
        .order_by(F("due").desc(), "name")
    )


def contacts(
    *, campaign: Campaign, hamlet: str | None = None, helper: int | None = None, step: str = "",
    due_by: date | None = None,
) -> QuerySet[Contact]:  # fmt: skip
    """People of a campaign, what is due first."""
    found = Contact.objects.filter(campaign=campaign).select_related("person", "helper")
    if hamlet is not None:
        found = found.filter(hamlet=hamlet)
    if helper is not None:
        found = found.filter(helper_id=helper)
    if step in {each.value for each in Step}:
        found = found.filter(step=step)
    if due_by is not None:
        found = found.filter(step_on__lte=due_by, step__in=OPEN_STEPS)
    return found.order_by(F("step_on").asc(nulls_last=True), "person__sort_key", "pk")


def unanswered(*, at: datetime) -> QuerySet[Sending]:
    """Messages handed over long enough ago that an answer should be here."""
    return (
        Sending.objects.filter(result="", at__lt=at - timedelta(minutes=10))
        .exclude(adapter="")
        .select_related("notice__person")
        .order_by("at", "pk")
    )
