# SPDX-License-Identifier: MPL-2.0
"""The department's answer: drafted once for all who asked the same, issued by another person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.directives.actions.difficulties import DAYS_AUTHORITY
from ansinh.directives.lifecycles import ANSWER, DIFFICULTY, AnswerState, DifficultyState
from ansinh.directives.models import Answer, Difficulty, DifficultyStep
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class AnswerEmpty(Refusal):
    """No words, or nobody is answered."""

    code = "ANSWER_EMPTY"


class AnswerCitesNothing(Refusal):
    """An answer names the rule that it rests on."""

    code = "ANSWER_CITES_NOTHING"


class AnswerOfYourOwn(Refusal):
    """Whoever drafted an answer does not issue it."""

    code = "ANSWER_OWN"


class NotWithTheDepartment(Refusal):
    """A difficulty is not at the department, or has an answer already; fields: numbers."""

    code = "ANSWER_NOT_WITH_DEPARTMENT"


class AuthorityMissing(Refusal):
    """A submission names who may decide."""

    code = "ANSWER_AUTHORITY_MISSING"


def draft_answer(
    *,
    title: str,
    category: str,
    words: str,
    cites: str,
    difficulty_ids: Collection[int],
    unit_id: int,
    by: Officer,
    at: datetime,
) -> Answer:
    """Draft one answer for any number of difficulties. Raises `AnswerEmpty`, `AnswerCitesNothing` or
    `NotWithTheDepartment`."""
    if not words.strip() or not title.strip() or not difficulty_ids:
        raise AnswerEmpty
    if not cites.strip():
        raise AnswerCitesNothing
    with transaction.atomic():
        found = list(Difficulty.objects.select_for_update().filter(pk__in=list(difficulty_ids)))
        elsewhere = [
            each.number
            for each in found
            if each.state != DifficultyState.WITH_DEPARTMENT.value or each.answer_id is not None
        ]
        if elsewhere or len(found) != len(set(difficulty_ids)):
            raise NotWithTheDepartment(numbers=elsewhere)
        made = Answer.objects.create(
            title=title.strip(), category=category, words=words.strip(),
            words_folded=fold_name(f"{title} {words} {cites}"), cites=cites.strip(), unit_id=unit_id,
            drafted_by=by, drafted_at=at,
        )  # fmt: skip
        Difficulty.objects.filter(pk__in=[each.pk for each in found]).update(answer=made, owner=by)
        _recorded("directives.draft_answer", made, by=by, at=at, details={"difficulties": len(found)})
    return made


def _recorded(
    act: str, found: Answer, *, by: Officer, at: datetime, details: dict[str, object] | None = None
) -> None:
    record(
        by=by.pk, at=at, act=act, subject="answer", subject_id=found.pk, unit_id=found.unit_id,
        details=details,
    )  # fmt: skip


def _move_all(
    answer: Answer, event: str, *, words: str, due: date | None, by: Officer, at: datetime, **fields: object
) -> int:
    """Move every difficulty of an answer along one edge; as many statements for ten as for one."""
    sources = [state.value for state in DIFFICULTY.sources(event)]
    found = list(
        Difficulty.objects.select_for_update().filter(answer=answer, state__in=sources).only("pk", "unit_id")
    )
    target = DIFFICULTY.apply(DIFFICULTY.sources(event)[-1], event)
    changes: dict[str, object] = {"state": target.value, **fields}
    if due is not None:
        changes["due_on"] = due
    if target is DifficultyState.ANSWERED:
        changes["at_unit"] = F("unit")  # the turn of whoever asked
    ids = [each.pk for each in found]
    Difficulty.objects.filter(pk__in=ids, state__in=sources).update(**changes)
    DifficultyStep.objects.bulk_create(
        DifficultyStep(
            difficulty_id=each.pk, event=event, to_unit_id=each.unit_id, due_on=due, words=words[:1000],
            at=at, by=by,
        )
        for each in found
    )  # fmt: skip
    return len(found)


def submit_up(*, answer_id: int, authority: str, number: str, by: Officer, at: datetime, on: date) -> int:
    """The answer lies beyond the department: submit it to who may decide. Returns how many difficulties
    wait there. Raises `AuthorityMissing` or `NotFromThisState`."""
    if not authority.strip():
        raise AuthorityMissing
    with transaction.atomic():
        found = Answer.objects.select_for_update().get(pk=answer_id)
        target = ANSWER.apply(AnswerState(found.state), "submit_up")
        Answer.objects.filter(pk=found.pk).update(
            state=target.value, authority=authority.strip(), submission_number=number.strip()
        )
        due = on + timedelta(days=DAYS_AUTHORITY)
        moved = _move_all(found, "submit_up", words=authority, due=due, by=by, at=at)
        _recorded(
            "directives.submit_answer_up", found, by=by, at=at, details={"authority": authority.strip()}
        )
    return moved


def issue_answer(*, answer_id: int, words: str | None, by: Officer, at: datetime) -> int:
    """Send the answer to everybody who asked; from now on it is guidance. `words`: what the authority
    decided, when that differs from the draft. Returns how many are answered. Raises `AnswerOfYourOwn`
    or `NotFromThisState`."""
    with transaction.atomic():
        found = Answer.objects.select_for_update(of=("self",)).select_related("drafted_by").get(pk=answer_id)
        target = ANSWER.apply(AnswerState(found.state), "issue")
        if bytes(found.drafted_by.citizen_number_bidx) == bytes(by.citizen_number_bidx):
            raise AnswerOfYourOwn
        changes: dict[str, object] = {"state": target.value, "issued_by": by, "issued_at": at}
        if words and words.strip():
            changes |= {
                "words": words.strip(),
                "words_folded": fold_name(f"{found.title} {words} {found.cites}"),
            }
        Answer.objects.filter(pk=found.pk).update(**changes)
        answered = _move_all(found, "answer", words=found.title, due=None, by=by, at=at, answered_at=at)
        _recorded("directives.issue_answer", found, by=by, at=at, details={"answered": answered})
    return answered
