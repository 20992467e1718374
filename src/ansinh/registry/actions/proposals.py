# SPDX-License-Identifier: MPL-2.0
"""What an officer can propose about a person or an award; each waits for another person.

What can be refused at once is refused at once, so that nobody waits for a check that must fail; the
effect checks again, because the record may change meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.registry.actions.apply import (
    AwardEndsBeforeStart,
    NotSuspended,
    SuspendedAlready,
    no_second_award,
    possible_move,
)
from ansinh.registry.actions.changes import propose_change
from ansinh.registry.actions.people import taken
from ansinh.registry.labels import vietnamese
from ansinh.registry.models import Award, Change, Person
from ansinh.registry.records import born_of
from ansinh.rules import life_events
from ansinh.rules.age_lift import ages_crossed
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.dates import PartialDate
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class AgeNeedsDocument(Refusal):
    """A birth date that crosses an age of the law, without a paper; fields: ages."""

    code = "AGE_NEEDS_DOCUMENT"


def propose_person(
    *, person: Person, content: Mapping[str, Any], document: str, reason: str, on: date, by: Officer,
    at: datetime, seen_version: int | None = None,
) -> Change:  # fmt: skip
    """Propose other data of a person. A birth date that crosses an age of the law within a year needs
    a document (D12). Raises `AgeNeedsDocument`, `NumberTaken` or what `propose_change` raises."""
    if content.get("number"):
        parse_citizen_number(content["number"], allow_invented=settings.MODE != "production")
        if refused := taken(number=content["number"]):
            raise refused
    if content.get("born") and not document.strip():
        before = born_of(person.born_on, person.born_precision)
        if ages := ages_crossed(before, PartialDate.parse(content["born"]), on):
            raise AgeNeedsDocument(ages=list(ages))
    return propose_change(
        person=person, kind="person", content=content, document=document.strip(), reason=reason, by=by, at=at,
        seen_version=seen_version, label=f"Sửa {vietnamese(content)}",
    )  # fmt: skip


def propose_award(
    *, award: Award, content: Mapping[str, Any], reason: str, by: Officer, at: datetime,
    seen_version: int | None = None,
) -> Change:  # fmt: skip
    """Propose other data of an award (decision, signer, facts, first month)."""
    first = content.get("first_month")
    if first and award.end_month is not None and Month.parse(first) > Month.of(award.end_month):
        raise AwardEndsBeforeStart(end=Month.of(award.end_month).vi, start=Month.parse(first).vi)
    return propose_change(
        person=award.person, award=award, kind="award", content=content, reason=reason, by=by, at=at,
        seen_version=seen_version, label=f"Sửa {_named(award)}",
    )  # fmt: skip


def _named(award: Award) -> str:
    return load().categories[award.code].shown


def propose_new_award(
    *, person: Person, award: Mapping[str, Any], reason: str, by: Officer, at: datetime
) -> Change:
    """Propose one more award of a person. Raises `AwardExists` or what `propose_change` raises."""
    no_second_award(person_id=person.pk, code=award["code"])
    label = f"Thêm {load().categories[award['code']].shown}"
    return propose_change(
        person=person, kind="new_award", content=award, reason=reason, by=by, at=at, label=label,
        effective_month=Month.parse(award["first_month"]).first_day,
    )  # fmt: skip


def propose_stop(*, award: Award, last_month: Month, reason: str, by: Officer, at: datetime) -> Change:
    """Propose the last month of an award. Raises `AwardEndsBeforeStart`."""
    start = Month.of(award.first_month)
    if last_month < start:
        raise AwardEndsBeforeStart(end=last_month.vi, start=start.vi)
    return propose_change(
        person=award.person, award=award, kind="stop", content={"last_month": str(last_month)},
        label=f"Dừng {_named(award)} sau {last_month.vi}", reason=reason, by=by, at=at,
        effective_month=last_month.first_day,
    )  # fmt: skip


def propose_suspend(*, award: Award, first: Month, reason: str, by: Officer, at: datetime) -> Change:
    """Propose not to pay from a month on. Raises `SuspendedAlready`."""
    if award.suspended_from is not None and award.suspended_to is None:
        raise SuspendedAlready(since=Month.of(award.suspended_from).vi)
    return propose_change(
        person=award.person, award=award, kind="suspend", content={"from": str(first)}, reason=reason, by=by,
        at=at, label=f"Tạm dừng {_named(award)} từ {first.vi}", effective_month=first.first_day,
    )  # fmt: skip


def propose_resume(*, award: Award, first: Month, reason: str, by: Officer, at: datetime) -> Change:
    """Propose to pay again from a month on. Raises `NotSuspended` or `AwardEndsBeforeStart`."""
    if award.suspended_from is None or award.suspended_to is not None:
        raise NotSuspended
    since = Month.of(award.suspended_from)
    if first < since:
        raise AwardEndsBeforeStart(end=first.vi, start=since.vi)
    return propose_change(
        person=award.person, award=award, kind="resume", content={"from": str(first)}, reason=reason, by=by,
        at=at, label=f"Hưởng lại {_named(award)} từ {first.vi}", effective_month=first.first_day,
    )  # fmt: skip


def propose_move(
    *, person: Person, to: Unit, hamlet: str, on: date, reason: str, by: Officer, at: datetime
) -> Change:
    """Propose a move to another commune, with the month from which the new place pays. Raises
    `MoveSamePlace` or `MoveBeforeArrival`."""
    possible_move(person=person, on=on, commune=to.pk, hamlet=hamlet[:120])
    families = person.awards.filter(voided=False, end_month__isnull=True).values_list("family", flat=True)
    rule = life_events.move(on, families)
    return propose_change(
        person=person, kind="move", content={"commune": to.pk, "hamlet": hamlet, "on": on.isoformat()},
        label=f"Chuyển đến {to.name}. {rule.reason}", citation=rule.citation, reason=reason, by=by, at=at,
        effective_month=rule.month.first_day,
    )  # fmt: skip
