# SPDX-License-Identifier: MPL-2.0
"""Deciding about people whom nothing is paid to, and the second person on "dead, later alive"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.population.actions.answers import settle_state
from ansinh.population.actions.rounds import locked
from ansinh.population.models import Answer, Confirmation, Decision
from ansinh.registry.actions.changes import ChangeOpen, OwnChange, propose_change, refuse_change
from ansinh.registry.labels import badge
from ansinh.registry.models import Award, Change, Person
from ansinh.rules.population import Result
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class HoldNeedsReason(Refusal):
    """Deciding without saying on what grounds."""

    code = "HOLD_NEEDS_REASON"


class HoldOwnAnswer(Refusal):
    """The officer who answered does not decide."""

    code = "HOLD_OWN_ANSWER"


class HoldDeceased(Refusal):
    """A decision does not pay a person who is told dead: the police answer again, and a second person
    confirms."""

    code = "HOLD_DECEASED"


class NotHeld(Refusal):
    """The answer is no longer the one that holds payment."""

    code = "HOLD_NOT_HELD"


class SecondIsSame(Refusal):
    """The officer who says that a dead person lives does not confirm it."""

    code = "POPULATION_SECOND_SAME"


class SecondDone(Refusal):
    """Another officer decided first; fields: who, at."""

    code = "POPULATION_SECOND_DONE"


def _same_person(one: Officer | None, other: Officer) -> bool:
    return one is not None and bytes(one.citizen_number_bidx) == bytes(other.citizen_number_bidx)


def decide_hold(*, answer_id: int, pays: bool, reason: str, by: Officer, at: datetime) -> Decision:
    """Let payment go on for a person, or keep it stopped, with the reason. A newer answer asks again.

    Raises `HoldNeedsReason`, `HoldOwnAnswer`, `HoldDeceased` or `NotHeld`.
    """
    if not reason.strip():
        raise HoldNeedsReason
    with transaction.atomic():
        answer = Answer.objects.select_related("officer").get(pk=answer_id)
        locked(round_id=answer.round_id)
        if _standing_answer(answer.person_id) != (answer.pk, True):
            raise NotHeld
        if _same_person(answer.officer, by):
            raise HoldOwnAnswer
        if pays and answer.result == Result.DECEASED:
            raise HoldDeceased
        made = Decision.objects.create(
            answer=answer, commune_id=answer.commune_id, pays=pays, reason=reason.strip()[:300], at=at, by=by,
            answered_by=answer.officer,
        )  # fmt: skip
        record(by=by.pk, at=at, act="population.decide_hold", subject="person", subject_id=answer.person_id,
               unit_id=answer.commune_id,
               details={"answer": answer.pk, "result": answer.result, "pays": pays,
                        "reason": made.reason})  # fmt: skip
    return made


def _standing_answer(person_id: int) -> tuple[int, bool] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer_id, blocks FROM population_standing WHERE person_id = %s", [person_id])
        row = cursor.fetchone()
    return (int(row[0]), bool(row[1])) if row else None


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a death stopped: awards that ended by it, and proposals that still wait."""

    ended: tuple[Award, ...]
    waiting: tuple[Change, ...]
    life: str


def stopped_by_death(*, person: Person) -> Stopped:
    """What the second person is shown before saying that a dead person lives."""
    changes = Change.objects.filter(person=person, event__kind="death").select_related("award", "made_by")
    ended = {c.award_id: c.award for c in changes if c.kind == "stop" and c.state == "applied" and c.award}
    return Stopped(
        tuple(award for award in ended.values() if award.end_month is not None and not award.voided),
        tuple(change for change in changes if change.state == "proposed"),
        person.life,
    )


def confirm_alive(
    *, answer_id: int, accepted: bool, reason: str, by: Officer, at: datetime
) -> dict[str, int]:
    """The second person on "dead, later alive". Accepted, the answer counts; what waited because of the
    death is returned, and what the death ended is proposed to begin again, for a third look.

    Raises `HoldNeedsReason`, `SecondIsSame`, `SecondDone`.
    """
    if not reason.strip():
        raise HoldNeedsReason
    done = {"returned": 0, "proposed": 0}
    with transaction.atomic():
        answer = Answer.objects.select_related("officer", "person").get(pk=answer_id, needs_second=True)
        held = locked(round_id=answer.round_id)
        if _same_person(answer.officer, by):
            raise SecondIsSame
        try:
            with transaction.atomic():
                Confirmation.objects.create(
                    answer=answer, commune_id=answer.commune_id, accepted=accepted,
                    reason=reason.strip()[:300], at=at, by=by, answered_by=answer.officer,
                )  # fmt: skip
        except IntegrityError as known:
            first = Confirmation.objects.select_related("by").get(answer=answer)
            raise SecondDone(who=first.by.full_name, at=first.at) from known
        if accepted:
            done = _revive(answer, by=by, at=at)
        settle_state(held=held, changed=accepted)
        record(by=by.pk, at=at, act="population.confirm_alive", subject="person",
               subject_id=answer.person_id, unit_id=answer.commune_id,
               details={"answer": answer.pk, "accepted": accepted, **done})  # fmt: skip
    return done


def _revive(answer: Answer, *, by: Officer, at: datetime) -> dict[str, int]:
    stopped = stopped_by_death(person=answer.person)
    returned = 0
    for change in stopped.waiting:
        try:
            refuse_change(change_id=change.pk, answer="Dữ liệu dân cư xác nhận còn sống.", by=by, at=at)
            returned += 1
        except OwnChange:  # the confirmer proposed it: it stays, and another person returns it
            continue
    proposed = 0
    reason = f"Đối chiếu dân cư: còn sống (câu trả lời {answer.pk})"
    if answer.person.life == "dead":
        proposed += _proposed(
            person=answer.person, kind="alive", content={"source": "Đối chiếu dân cư"}, reason=reason,
            label="Còn sống, ghi chết nhầm", by=by, at=at, source="population",
        )  # fmt: skip
    for award in stopped.ended:
        proposed += _proposed(
            person=answer.person, award=award, kind="award", content={"end_month": None}, reason=reason,
            label=f"Hưởng lại {badge(award.code, open_grounds=False)}, đã dừng vì báo chết nhầm",
            by=by, at=at, source="population",
        )  # fmt: skip
    return {"returned": returned, "proposed": proposed}


def _proposed(**said: Any) -> int:
    try:
        propose_change(**said)
    except ChangeOpen:
        return 0
    return 1
