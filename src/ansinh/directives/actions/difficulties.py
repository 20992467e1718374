# SPDX-License-Identifier: MPL-2.0
"""Difficulties: raised by a unit, climbing level by level or straight to the department, answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.directives.actions.issue import Attached
from ansinh.directives.lifecycles import DIFFICULTY, AnswerState, DifficultyState
from ansinh.directives.models import Answer, Difficulty, DifficultyPerson, DifficultyStep
from ansinh.directives.numbering import next_number
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors
from ansinh.registry.models import Person
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

# The house's clocks, in days; a province may be quicker. Who is late is shown, nothing is stopped.
DAYS_BELOW, DAYS_DEPARTMENT, DAYS_AUTHORITY = 3, 7, 15


class DifficultyEmpty(Refusal):
    """No words, or nothing is asked for."""

    code = "DIFFICULTY_EMPTY"


class NothingAbove(Refusal):
    """The unit is the highest here."""

    code = "DIFFICULTY_NOTHING_ABOVE"


class AnswerNotIssued(Refusal):
    """Only issued guidance answers a difficulty."""

    code = "DIFFICULTY_ANSWER_NOT_ISSUED"


class StepNeedsReason(Refusal):
    """Asking again or withdrawing without a reason."""

    code = "DIFFICULTY_NEEDS_REASON"


def raise_difficulty(
    *,
    unit: Unit,
    category: str,
    words: str,
    asks_for: str,
    lines: str = "",
    people: Collection[int] = (),
    file: Attached | None = None,
    task_id: int | None = None,
    straight: bool = False,
    by: Officer,
    at: datetime,
    on: date,
) -> Difficulty:
    """Report what stands in a unit's way; `straight` sends it to the department at once. Raises
    `DifficultyEmpty` or `FileTooLarge`."""
    if not words.strip() or not asks_for.strip():
        raise DifficultyEmpty
    sha256 = file.kept() if file is not None else None
    with transaction.atomic():
        pk, number = next_number(table="directives_difficulty", prefix="KK", on=on)
        made = Difficulty.objects.create(
            pk=pk, number=number, unit=unit, category=category, words=words.strip(),
            words_folded=fold_name(words), asks_for=asks_for.strip(), lines=lines.strip(), file_sha256=sha256,
            file_name=file.name[:200] if file else "", task_id=task_id, at_unit=unit,
            due_on=on + timedelta(days=DAYS_BELOW), raised_by=by, raised_at=at,
        )  # fmt: skip
        concerned = Person.objects.filter(pk__in=list(people)).values_list("pk", "commune_id")
        DifficultyPerson.objects.bulk_create(
            DifficultyPerson(difficulty=made, person_id=person, commune_id=commune)
            for person, commune in concerned
        )
        _step(made, "raise", to=unit.pk, words="", due=made.due_on, by=by, at=at)
        if straight:
            send_up(difficulty_id=made.pk, straight=True, words="", by=by, at=at, on=on)
    made.refresh_from_db()
    return made


def _step(
    found: Difficulty, event: str, *, to: int, words: str, due: date | None, by: Officer, at: datetime
) -> None:
    DifficultyStep.objects.create(
        difficulty=found, event=event, to_unit_id=to, due_on=due, words=words.strip()[:1000], at=at, by=by
    )
    record(by=by.pk, at=at, act=f"directives.{event}_difficulty", subject="difficulty", subject_id=found.pk,
           unit_id=found.unit_id)  # fmt: skip


def _locked(difficulty_id: int) -> Difficulty:
    return (
        Difficulty.objects.select_for_update(of=("self",))
        .select_related("at_unit", "unit")
        .get(pk=difficulty_id)
    )


def _move(
    found: Difficulty,
    event: str,
    *,
    to: int,
    due: date | None,
    words: str,
    by: Officer,
    at: datetime,
    **fields: object,
) -> None:
    target = DIFFICULTY.apply(DifficultyState(found.state), event)
    Difficulty.objects.filter(pk=found.pk).update(
        state=target.value, at_unit_id=to, due_on=due or found.due_on, **fields
    )
    _step(found, event, to=to, words=words, due=due, by=by, at=at)


def send_up(*, difficulty_id: int, straight: bool, words: str, by: Officer, at: datetime, on: date) -> None:
    """Send a difficulty to the unit above, or straight to the department of the province. Raises
    `NothingAbove` or `NotFromThisState`."""
    with transaction.atomic():
        found = _locked(difficulty_id)
        above = ancestors(unit_id=found.at_unit_id, on=on)
        if found.at_unit.level == "province":
            above = [found.at_unit]
        if not above:
            raise NothingAbove
        to = above[-1] if straight else above[0]
        department = to.level == "province"
        event, days = ("hand_to_department", DAYS_DEPARTMENT) if department else ("climb", DAYS_BELOW)
        due = on + timedelta(days=days)
        _move(found, event, to=to.pk, due=due, words=words, by=by, at=at, owner=None)


def take_on(*, difficulty_id: int, by: Officer, at: datetime) -> None:
    """Become the owner of a difficulty at one's unit."""
    with transaction.atomic():
        found = _locked(difficulty_id)
        Difficulty.objects.filter(pk=found.pk).update(owner=by)
        _step(found, "take_on", to=found.at_unit_id, words="", due=found.due_on, by=by, at=at)


def answer_with(*, difficulty_id: int, answer_id: int, by: Officer, at: datetime) -> None:
    """Answer with guidance that was issued before. Raises `AnswerNotIssued` or `NotFromThisState`."""
    with transaction.atomic():
        found, answer = _locked(difficulty_id), Answer.objects.get(pk=answer_id)
        if answer.state != AnswerState.ISSUED.value:
            raise AnswerNotIssued
        _move(found, "answer", to=found.unit_id, due=None, words=answer.title, by=by, at=at,
              answer=answer, answered_at=at)  # fmt: skip


def close(*, difficulty_id: int, by: Officer, at: datetime) -> None:
    """The unit that asked says that the answer helps. Raises `NotFromThisState`."""
    with transaction.atomic():
        found = _locked(difficulty_id)
        _move(found, "close", to=found.unit_id, due=None, words="", by=by, at=at)


def ask_again(*, difficulty_id: int, words: str, by: Officer, at: datetime, on: date) -> None:
    """The answer does not help: say why, and it goes back. Raises `StepNeedsReason` or
    `NotFromThisState`."""
    if not words.strip():
        raise StepNeedsReason
    with transaction.atomic():
        found = _locked(difficulty_id)
        top = ancestors(unit_id=found.unit_id, on=on)
        due = on + timedelta(days=DAYS_DEPARTMENT)
        _move(found, "ask_again", to=top[-1].pk if top else found.unit_id, due=due, words=words, by=by, at=at,
              answer=None, answered_at=None, owner=None)  # fmt: skip


def withdraw(*, difficulty_id: int, words: str, by: Officer, at: datetime) -> None:
    """The unit solved it by itself or asked by mistake. Raises `StepNeedsReason` or `NotFromThisState`."""
    if not words.strip():
        raise StepNeedsReason
    with transaction.atomic():
        found = _locked(difficulty_id)
        _move(found, "withdraw", to=found.unit_id, due=None, words=words, by=by, at=at)
