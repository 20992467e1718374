# SPDX-License-Identifier: MPL-2.0
"""Many deaths reported at once (an answer of the population register): what `record_event` does for
one, in a fixed number of statements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from ansinh.audit.actions import Entry, record_many
from ansinh.legislation.load import load
from ansinh.registry.actions.events import (
    change_of,
    death_change,
    overpaid_after,
    owed_from,
    possible_event_day,
    shown_proposal,
)
from ansinh.registry.cases import award_case
from ansinh.registry.models import Award, Person
from ansinh.registry.records import CHANGE
from ansinh.rules.life_events import LifeEvent, proposals
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import seal_many


@dataclass(frozen=True, slots=True)
class Death:
    """Who died when, and who says so."""

    person_id: int
    died_on: date
    source: str


class _Wanted(NamedTuple):
    """One change that a death proposes."""

    event: int
    award: int | None
    kind: str
    label: str
    content: Mapping[str, Any]
    month: date | None
    reason: str
    citation: str


def record_deaths(*, deaths: Sequence[Death], reported_on: date, by: Officer, at: datetime) -> dict[int, int]:
    """Record deaths and propose what the law prescribes; person id -> event id. Who was reported dead
    on that day before, or whose record is an alias, is not in the answer. Raises `EventInFuture` for a
    day that cannot be, and then records nobody."""
    people = Person.objects.in_bulk([each.person_id for each in deaths])
    awards = _awards_of(people, min((each.died_on for each in deaths), default=reported_on))
    told = {each.person_id: each for each in deaths}
    for each in deaths:
        possible_event_day(person=people[each.person_id], happened_on=each.died_on, reported_on=reported_on)
    with transaction.atomic():
        made = _insert_events(told, people, awards, reported_on, by, at)
        changes = [
            wanted for event, person, _commune in made
            for wanted in _changes(event, told[person], awards.get(person, []))
        ]  # fmt: skip
        proposed = _insert_changes(changes, by, at)
        record_many(
            by=by.pk, at=at,
            entries=[
                *(Entry("registry.record_event", "person", person, commune, {"event": event, "kind": "death"})
                  for event, person, commune in made),
                *(Entry("registry.propose_change", "person", person, commune,
                        {"change": change, "kind": kind, "source": "event"})
                  for change, person, commune, kind in proposed),
            ],
        )  # fmt: skip
    return {person: event for event, person, _commune in made}


def _awards_of(people: Mapping[int, Person], first: date) -> dict[int, list[Award]]:
    """Awards of these people that run on some day from the first death on, by person."""
    found: dict[int, list[Award]] = {}
    for award in Award.objects.filter(owed_from(first), person__in=list(people), voided=False).order_by("pk"):
        found.setdefault(award.person_id, []).append(award)
    return found


def _living(awards: Sequence[Award], died_on: date) -> list[Award]:
    month = died_on.replace(day=1)
    return [each for each in awards if each.end_month is None or each.end_month >= month]


def _insert_events(
    told: Mapping[int, Death], people: Mapping[int, Person], awards: Mapping[int, list[Award]],
    reported_on: date, by: Officer, at: datetime,
) -> list[tuple[int, int, int]]:  # fmt: skip
    overpaid = [
        overpaid_after(
            person=people[each.person_id],
            awards=_living(awards.get(each.person_id, []), each.died_on),
            died_on=each.died_on,
            reported_on=reported_on,
        )
        for each in told.values()
    ]
    columns: dict[str, Any] = {
        "people": list(told), "died_on": [each.died_on for each in told.values()],
        "sources": [each.source[:120] for each in told.values()],
        "overpaid": [json.dumps(each) for each in overpaid],
        "reported_on": reported_on, "at": at, "by": by.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_deaths"), columns)
        return [(int(row[0]), int(row[1]), int(row[2])) for row in cursor.fetchall()]


def _changes(event: int, death: Death, awards: Sequence[Award]) -> Iterator[_Wanted]:
    label, content = death_change(died_on=death.died_on, source=death.source)
    yield _Wanted(event, None, "death", label, content, None, death.source, "")
    for award in _living(awards, death.died_on):
        for each in proposals(LifeEvent.DEATH, death.died_on, [award_case(award)], load()):
            kind, said = change_of(proposal=each)
            yield _Wanted(event, award.pk, kind, shown_proposal(award=award, proposal=each), said,
                          each.month.first_day, each.reason, each.citation)  # fmt: skip


def _insert_changes(wanted: Sequence[_Wanted], by: Officer, at: datetime) -> list[tuple[int, int, int, str]]:
    contents = [json.dumps(dict(each.content), ensure_ascii=False) for each in wanted]
    columns: dict[str, Any] = {
        "events": [each.event for each in wanted], "awards": [each.award for each in wanted],
        "kinds": [each.kind for each in wanted], "labels": [each.label[:200] for each in wanted],
        "contents": seal_many(column=CHANGE, texts=contents), "months": [each.month for each in wanted],
        "reasons": [each.reason[:300] for each in wanted],
        "citations": [each.citation[:200] for each in wanted], "by": by.pk, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_event_changes"), columns)
        return [(int(row[0]), int(row[1]), int(row[2]), str(row[3])) for row in cursor.fetchall()]
