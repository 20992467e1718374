# SPDX-License-Identifier: MPL-2.0
"""Life events: recorded once, with what the law prescribes as proposals for another person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.registry.actions.changes import ChangeOpen, PersonMerged, propose_change
from ansinh.registry.cases import award_case, person_case
from ansinh.registry.models import Award, Change, LifeEvent, Person
from ansinh.rules import life_events
from ansinh.rules.life_events import Action, Proposal
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class EventKnown(Refusal):
    """The event is recorded already."""

    code = "EVENT_KNOWN"


class EventInFuture(Refusal):
    """An event after the day of the report, or before the birth."""

    code = "EVENT_DAY_NOT_POSSIBLE"


def record_event(
    *, person: Person, kind: str, happened_on: date, reported_on: date, source: str, by: Officer, at: datetime
) -> LifeEvent:
    """Record what happened and propose what the law prescribes. Raises `EventKnown`, `EventInFuture`
    or `PersonMerged`."""
    if person.merged_into_id is not None:
        raise PersonMerged
    possible_event_day(person=person, happened_on=happened_on, reported_on=reported_on)
    living = list(person.awards.filter(owed_from(happened_on), voided=False).order_by("pk"))
    event = life_events.LifeEvent(kind)
    too_much: list[dict[str, Any]] = []
    if kind == "death":
        too_much = overpaid_after(person=person, awards=living, died_on=happened_on, reported_on=reported_on)
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
    except IntegrityError as refused:
        if "registry_event_once" not in str(refused):
            raise
        raise EventKnown from refused
    with transaction.atomic():
        if kind == "death":
            _propose_death(person, happened_on, source, made, by, at)
        for award in living:
            for proposal in life_events.proposals(event, happened_on, [award_case(award)], load()):
                propose(person=person, award=award, proposal=proposal, by=by, at=at, event=made)
    return made


def possible_event_day(*, person: Person, happened_on: date, reported_on: date) -> None:
    """Raises `EventInFuture` for a day after the report or before the birth."""
    if happened_on > reported_on or happened_on < person.born_on:
        raise EventInFuture(on=happened_on)


def owed_from(day: date) -> Q:
    """Awards that are not over before the month of a day."""
    return Q(end_month__isnull=True) | Q(end_month__gte=Month.of(day).first_day)


def overpaid_after(
    *, person: Person, awards: Sequence[Award], died_on: date, reported_on: date
) -> list[dict[str, Any]]:
    """What the months after a death may have paid until it was reported, as it is stored."""
    found = life_events.overpaid(
        load(), person_case(person), tuple(award_case(each) for each in awards), died_on=died_on,
        reported=Month.of(reported_on), province=settings.PROVINCE,
    )  # fmt: skip
    return [{"month": str(each.month), "code": each.code, "amount_vnd": each.amount_vnd} for each in found]


def _propose_death(
    person: Person, died_on: date, source: str, event: LifeEvent, by: Officer, at: datetime
) -> None:
    label, content = death_change(died_on=died_on, source=source)
    propose_change(
        person=person, kind="death", content=content, reason=source, label=label, by=by, at=at,
        source="event", event=event,
    )  # fmt: skip


def death_change(*, died_on: date, source: str) -> tuple[str, dict[str, str]]:
    """The label and the content of the change that a death proposes."""
    return f"Chết ngày {died_on:%d/%m/%Y}", {"died_on": died_on.isoformat(), "source": source}


def shown_proposal(*, award: Award, proposal: Proposal) -> str:
    """The label of a change that the law proposes for an award."""
    return f"{load().categories[award.code].shown}: {proposal.reason}"


def propose(
    *, person: Person, award: Award, proposal: Proposal, by: Officer | None, at: datetime,
    event: LifeEvent | None, source: str = "event",
) -> Change | None:  # fmt: skip
    """Turn a rule's proposal into a change that waits; None when one of its kind waits already."""
    kind, content = change_of(proposal=proposal)
    try:
        return propose_change(
            person=person, award=award, kind=kind, content=content,
            label=shown_proposal(award=award, proposal=proposal), reason=proposal.reason,
            citation=proposal.citation, effective_month=proposal.month.first_day, by=by, at=at,
            source=source, event=event,
        )  # fmt: skip
    except ChangeOpen:
        return None


def change_of(*, proposal: Proposal) -> tuple[str, dict[str, str]]:
    """The kind and the content of the change that a proposal becomes."""
    month = proposal.month
    if proposal.action is Action.STOP:
        return "stop", {"last_month": str(month.previous)}
    if proposal.action is Action.REVIEW:
        return "review", {"review": proposal.reason, "from": str(month)}
    return proposal.action.value, {"from": str(month)}
