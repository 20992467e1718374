# SPDX-License-Identifier: MPL-2.0
"""Settling differences: chosen for a group, undone until submitted; submitted, they become proposals
in the register that another person checks. Always a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.population.actions.rounds import locked, move
from ansinh.population.lifecycles import BATCH, BatchState, RoundState
from ansinh.population.models import Batch, Round
from ansinh.population.queries import Line, content_sha256, counts, differences, preview
from ansinh.registry.actions.deaths import Death, record_deaths
from ansinh.registry.actions.propose_many import Proposed, propose_many
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.population import FIELD_LABELS, ONE_CLICK, Kind
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

SETTLES = {RoundState.HANDED_OVER.value, RoundState.ANSWERED.value}


class OneByOne(Refusal):
    """Real differences are not corrected as a group."""

    code = "POPULATION_ONE_BY_ONE"


class NobodyLeft(Refusal):
    """Nobody of the group can be settled this way."""

    code = "POPULATION_NOBODY_LEFT"


class KeepNeedsReason(Refusal):
    """Keeping our record against the register's word, without a paper."""

    code = "POPULATION_KEEP_NEEDS_REASON"


class DifferencesLeft(Refusal):
    """People without a result or with an open difference; fields: count."""

    code = "ROUND_DIFFERENCES_LEFT"


def draft_batch(
    *, round_id: int, action: str, kind: str, people: Collection[int] | None, reason: str,
    by: Officer, at: datetime, on: date,
) -> Batch:  # fmt: skip
    """Choose an action for a group of differences (`kind`), or for some members of it (`people`:
    member ids). Who cannot take it is left out, as the preview said.

    Raises `OneByOne` when real differences would be corrected many at once, `KeepNeedsReason`,
    `NobodyLeft` or `NotFromThisState`.
    """
    if action == "keep" and not reason.strip():
        raise KeepNeedsReason
    with transaction.atomic():
        held = _settling(round_id, action)
        wanted = [
            line for line in differences(round_id=held.pk)
            if line.kind == kind and (people is None or line.member_id in people)
        ]  # fmt: skip
        if action == "correct" and len(wanted) > 1 and Kind(kind) not in ONE_CLICK:
            raise OneByOne
        included = preview(lines=wanted, action=action, on=on).included
        if not included:
            raise NobodyLeft
        made = Batch.objects.create(
            round=held, commune_id=held.commune_id, action=action, kind=kind, reason=reason.strip()[:300],
            people=len(included), made_at=at, made_by=by,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                statement("population", "insert_settlements"),
                {"batch": made.pk, "commune": held.commune_id,
                 "answers": [line.answer_id for line in included]},
            )  # fmt: skip
        record(by=by.pk, at=at, act="population.draft", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id,
               details={"batch": made.pk, "action": action, "kind": kind,
                        "people": len(included)})  # fmt: skip
    return made


def _settling(round_id: int, event: str) -> Round:
    held = locked(round_id=round_id)
    if held.state not in SETTLES:
        raise NotFromThisState(state=held.state, event=event, allowed=())
    return held


def undo_batch(*, batch_id: int, by: Officer, at: datetime) -> Batch:
    """Take back a choice that is not submitted. Raises `NotFromThisState`."""
    with transaction.atomic():
        batch = Batch.objects.get(pk=batch_id)
        held = locked(round_id=batch.round_id)
        batch.refresh_from_db()
        target = BATCH.apply(BatchState(batch.state), "undo")
        Batch.objects.filter(pk=batch.pk, state=batch.state).update(state=target.value, ended_at=at)
        record(by=by.pk, at=at, act="population.undo", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id, details={"batch": batch.pk, "people": batch.people})  # fmt: skip
    return batch


def submit_batches(*, round_id: int, by: Officer, at: datetime, on: date) -> dict[str, int]:
    """Submit every choice of the round: corrections and deaths become proposals that another person
    checks; what is kept is kept with its reason. Returns people by action.
    Raises `NobodyLeft` or `NotFromThisState`."""
    done = {"correct": 0, "keep": 0, "death": 0, "waiting_already": 0}
    with transaction.atomic():
        held = _settling(round_id, "submit")
        drafted = list(Batch.objects.filter(round=held, state=BatchState.DRAFTED.value))
        if not drafted:
            raise NobodyLeft
        chosen = [line for line in differences(round_id=held.pk) if line.batch_state == BatchState.DRAFTED]
        corrected = [line for line in chosen if line.chosen == "correct"]
        changes = _propose(corrected, by=by, at=at)
        _link(held, corrected, changes)
        done["correct"] = len(changes)
        done["waiting_already"] = len(corrected) - len(changes)
        done["death"] = _deaths([line for line in chosen if line.chosen == "death"], by=by, at=at, on=on)
        done["keep"] = sum(line.chosen == "keep" for line in chosen)
        target = BATCH.apply(BatchState.DRAFTED, "submit")
        Batch.objects.filter(round=held, state=BatchState.DRAFTED.value).update(
            state=target.value, ended_at=at
        )
        record(by=by.pk, at=at, act="population.submit", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id, details=dict(done))  # fmt: skip
    return done


def _propose(lines: Sequence[Line], *, by: Officer, at: datetime) -> dict[int, int]:
    proposals = []
    for line in lines:
        content = line.assessment.correction
        if content:  # the record may say the same by now
            names = ", ".join(FIELD_LABELS[name] for name in content)
            label = f"Theo dữ liệu dân cư: {names}"
            reason = f"Đối chiếu dân cư, mã {line.reference}"
            proposals.append(Proposed(line.person_id, content, label, reason))
    return propose_many(proposals=proposals, source="population", by=by, at=at)


def _link(held: Round, lines: Sequence[Line], changes: dict[int, int]) -> None:
    linked = [(line.answer_id, changes[line.person_id]) for line in lines if line.person_id in changes]
    columns: dict[str, Any] = {
        "round": held.pk, "answers": [answer for answer, _change in linked],
        "changes": [change for _answer, change in linked],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "link_settlements"), columns)


def _deaths(lines: Sequence[Line], *, by: Officer, at: datetime, on: date) -> int:
    told = []
    for line in lines:
        assert line.said.died_on is not None, "the preview left out deaths without a day"
        source = f"Đối chiếu dân cư, mã {line.reference}"
        told.append(Death(line.person_id, line.said.died_on.earliest, source))
    made = record_deaths(deaths=told, reported_on=on, by=by, at=at)
    known = [line for line in lines if line.person_id in made]  # the family told the others before
    columns: dict[str, Any] = {
        "answers": [line.answer_id for line in known], "batches": [line.batch_id for line in known],
        "events": [made[line.person_id] for line in known],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "link_deaths"), columns)
    return len(made)


def resolve_round(*, round_id: int, by: Officer, at: datetime) -> str:
    """Close the differences; returns the SHA-256 of what both sides will sign.
    Raises `DifferencesLeft` or `NotFromThisState`."""
    with transaction.atomic():
        held = locked(round_id=round_id)
        left = counts(round_id=held.pk)
        drafted = Batch.objects.filter(round=held, state=BatchState.DRAFTED.value).exists()
        if held.state == RoundState.ANSWERED and (left.unanswered or left.open or drafted):
            raise DifferencesLeft(count=left.unanswered + left.open)
        move(round_=held, event="resolve")
        content = content_sha256(round_id=held.pk)
        record(by=by.pk, at=at, act="population.resolve", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id, details={"content": content})  # fmt: skip
    return content
