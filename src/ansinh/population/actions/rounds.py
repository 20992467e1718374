# SPDX-License-Identifier: MPL-2.0
"""Opening a round, moving it along its edges, cancelling it."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.places.models import Unit
from ansinh.places.queries import with_history
from ansinh.population.lifecycles import ROUND, RoundState
from ansinh.population.models import Round
from ansinh.rules.months import Month
from ansinh.rules.population import ALPHABET, with_check
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

SIGNS = 8  # 31^8 references: a guess hits one of a million people once in 850,000 tries


class NotACommune(Refusal):
    """A round is for one commune; fields: name."""

    code = "ROUND_NO_UNIT"


class DuePassed(Refusal):
    """The due date is not after today; fields: due."""

    code = "ROUND_DUE_PASSED"


class RoundOpen(Refusal):
    """The commune has a round that is not signed."""

    code = "ROUND_OPEN"


class RoundEmpty(Refusal):
    """Nobody in the commune has an award."""

    code = "ROUND_EMPTY"


class CancelNeedsReason(Refusal):
    """Cancelling without saying why."""

    code = "ROUND_NEEDS_REASON"


def prepare_round(*, unit: Unit, due_on: date, by: Officer | None, at: datetime, on: date) -> Round:
    """Open a round with everybody of the commune who has an award that is or may again be paid.

    Raises `NotACommune`, `DuePassed`, `RoundOpen` or `RoundEmpty`.
    """
    if unit.level != "commune":
        raise NotACommune(name=unit.name)
    if due_on <= on:
        raise DuePassed(due=due_on)
    with transaction.atomic():
        people = _people(unit, on)
        if not people:
            raise RoundEmpty
        try:
            with transaction.atomic():
                made = Round.objects.create(
                    commune=unit, due_on=due_on, people=len(people), prepared_at=at, prepared_by=by
                )
        except IntegrityError as waiting:
            raise RoundOpen from waiting
        _insert_members(made, people)
        record(by=by.pk if by else None, at=at, act="population.prepare_round", subject="population_round",
               subject_id=made.pk, unit_id=unit.pk,
               details={"people": len(people), "due": due_on.isoformat()})  # fmt: skip
    return made


def _people(unit: Unit, on: date) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement("population", "people_to_check"),
            {"communes": sorted(with_history(unit_ids=[unit.pk])), "month": Month.of(on).first_day},
        )
        return [(int(person), int(version)) for person, version in cursor.fetchall()]


def _insert_members(made: Round, people: list[tuple[int, int]]) -> None:
    references: dict[str, None] = {}
    while len(references) < len(people):
        references[with_check("".join(secrets.choice(ALPHABET) for _sign in range(SIGNS)))] = None
    columns: dict[str, Any] = {
        "round": made.pk, "commune": made.commune_id, "references": list(references),
        "people": [person for person, _version in people], "positions": list(range(1, len(people) + 1)),
        "versions": [version for _person, version in people],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "insert_members"), columns)


def locked(*, round_id: int) -> Round:
    """The round, held until the transaction ends: its acts come one after the other."""
    return Round.objects.select_for_update(of=("self",)).select_related("commune").get(pk=round_id)


def move(*, round_: Round, event: str, **columns: Any) -> None:
    """Apply an event to a round that is held. Raises `NotFromThisState`."""
    target = ROUND.apply(RoundState(round_.state), event)
    done = Round.objects.filter(pk=round_.pk, state=round_.state).update(state=target.value, **columns)
    assert done == 1, "the round is held"
    round_.state = target.value


def cancel_round(*, round_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Give a round up. What was answered stays: a death that was told stays told.
    Raises `CancelNeedsReason` or `NotFromThisState`."""
    if not reason.strip():
        raise CancelNeedsReason
    with transaction.atomic():
        held = locked(round_id=round_id)
        move(round_=held, event="cancel", cancel_reason=reason.strip()[:300], ended_at=at)
        record(by=by.pk, at=at, act="population.cancel_round", subject="population_round",
               subject_id=held.pk, unit_id=held.commune_id,
               details={"reason": reason.strip()[:300]})  # fmt: skip
