# SPDX-License-Identifier: MPL-2.0
"""Life events: recorded once, with what the law prescribes as proposals for another person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.registry.actions.changes import ChangeOpen, propose_change
from ansinh.registry.models import Award, Change, LifeEvent, Person
from ansinh.registry.records import born_of
from ansinh.rules import life_events
from ansinh.rules.entitlement import Award as AwardCase
from ansinh.rules.entitlement import Person as PersonCase
from ansinh.rules.entitlement import birthdays
from ansinh.rules.entitlement.birthdays import AGES
from ansinh.rules.life_events import Action, Proposal
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class EventKnown(Refusal):
    """The event is recorded already."""

    code = "EVENT_KNOWN"


class EventInFuture(Refusal):
    """An event after the day of the report, or before the birth."""

    code = "EVENT_DAY_NOT_POSSIBLE"


def award_case(award: Award) -> AwardCase:
    """An award as the law reads it."""
    suspended: tuple[tuple[Month, Month | None], ...] = ()
    if award.suspended_from is not None:
        until = Month.of(award.suspended_to) if award.suspended_to else None
        suspended = ((Month.of(award.suspended_from), until),)
    return AwardCase(
        award.code, Month.of(award.first_month), Month.of(award.end_month) if award.end_month else None,
        tuple(sorted(award.facts.items())), suspended,
    )  # fmt: skip


def person_case(person: Person) -> PersonCase:
    """A person as the law reads them."""
    return PersonCase(
        born=born_of(person.born_on, person.born_precision), sex=person.sex or None,
        died_on=person.life_since if person.life == "dead" else None, household=person.household,
        disadvantaged_area=person.disadvantaged_area, pension_vnd=person.pension_vnd,
        lives_alone=person.lives_alone,
    )  # fmt: skip


def record_event(
    *, person: Person, kind: str, happened_on: date, reported_on: date, source: str, by: Officer, at: datetime
) -> LifeEvent:
    """Record what happened and propose what the law prescribes. Raises `EventKnown` or
    `EventInFuture`."""
    if happened_on > reported_on or happened_on < person.born_on:
        raise EventInFuture(on=happened_on)
    living = list(person.awards.filter(voided=False, end_month__isnull=True))
    event = life_events.LifeEvent(kind)
    too_much = _overpaid(person, living, happened_on, reported_on) if kind == "death" else []
    try:
        with transaction.atomic():
            made = LifeEvent.objects.create(
                person=person, commune_id=person.commune_id, kind=kind, happened_on=happened_on,
                reported_on=reported_on, source=source[:120], overpaid=too_much, recorded_at=at,
                recorded_by=by,
            )  # fmt: skip
            record(
                by=by.pk, at=at, act="registry.record_event", subject="person", subject_id=person.pk,
                unit_id=person.commune_id, details={"event": made.pk, "kind": kind},
            )  # fmt: skip
    except IntegrityError as known:
        raise EventKnown from known
    with transaction.atomic():
        if kind == "death":
            _propose_death(person, happened_on, source, made, by, at)
        by_code = {award.code: award for award in living}
        found = life_events.proposals(event, happened_on, [award_case(each) for each in living], load())
        for proposal in found:
            propose(person=person, award=by_code[proposal.code], proposal=proposal, by=by, at=at, event=made)
    return made


def _overpaid(person: Person, living: list[Award], died_on: date, reported_on: date) -> list[dict[str, Any]]:
    found = life_events.overpaid(
        load(), person_case(person), tuple(award_case(each) for each in living), died_on=died_on,
        reported=Month.of(reported_on), province=settings.PROVINCE,
    )  # fmt: skip
    return [{"month": str(each.month), "code": each.code, "amount_vnd": each.amount_vnd} for each in found]


def _propose_death(
    person: Person, died_on: date, source: str, event: LifeEvent, by: Officer, at: datetime
) -> None:
    propose_change(
        person=person, kind="death", content={"died_on": died_on.isoformat(), "source": source},
        reason=source, label=f"Chết ngày {died_on:%d/%m/%Y}", by=by, at=at, source="event", event=event,
    )  # fmt: skip


CONTENTS = {
    Action.STOP: ("stop", lambda month: {"last_month": str(month.previous)}),
    Action.SUSPEND: ("suspend", lambda month: {"from": str(month)}),
    Action.RESUME: ("resume", lambda month: {"from": str(month)}),
}


def propose(
    *, person: Person, award: Award, proposal: Proposal, by: Officer | None, at: datetime,
    event: LifeEvent | None, source: str = "event",
) -> Change | None:  # fmt: skip
    """Turn a rule's proposal into a change that waits; None when one of its kind waits already."""
    kind, content = CONTENTS.get(proposal.action, ("award", lambda _month: {"facts": dict(award.facts)}))
    try:
        return propose_change(
            person=person, award=award, kind=kind, content=content(proposal.month),
            label=f"{award.code}: {proposal.reason}", reason=proposal.reason, citation=proposal.citation,
            effective_month=proposal.month.first_day, by=by, at=at, source=source, event=event,
        )  # fmt: skip
    except ChangeOpen:
        return None


def raise_birthdays(*, month: Month, at: datetime) -> int:
    """Propose what birthdays of a month change or end (a level that rises or falls needs a decision,
    not a silent recalculation); returns how many. Run again, it proposes nothing twice."""
    law, made = load(), 0
    ages = [month.year - age for age in AGES]
    people = Person.objects.filter(
        merged_into__isnull=True, life="alive", born_on__year__in=ages, born_on__month=month.month,
        awards__voided=False, awards__end_month__isnull=True,
    ).distinct()  # fmt: skip
    for person in people.prefetch_related("awards"):
        living = {
            award.code: award for award in person.awards.all() if award.end_month is None and not award.voided
        }
        cases = tuple(award_case(each) for each in living.values())
        for change in birthdays(law, person_case(person), cases, month, province=settings.PROVINCE):
            made += _propose_birthday(person, living[change.code], change, at)
    return made


def _propose_birthday(person: Person, award: Award, change: Any, at: datetime) -> int:
    before, after = format_vnd(change.before_vnd), format_vnd(change.after_vnd)
    reason = f"Tròn {change.age} tuổi: từ {change.month.vi} mức {before} thành {after}."
    action = Action.STOP if change.after_vnd == 0 else Action.REVIEW
    proposal = Proposal(award.code, action, change.month, reason, "NĐ 20/2021/NĐ-CP Điều 8")
    made = propose(
        person=person, award=award, proposal=proposal, by=None, at=at, event=None, source="birthday"
    )
    return int(made is not None)
