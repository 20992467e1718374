# SPDX-License-Identifier: MPL-2.0
"""Taking what the register answers: from a file or a service many at once, or from an officer of the
commune police one by one. Answers are only added; the latest one that counts is the person's result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.population.actions.rounds import locked, move
from ansinh.population.lifecycles import ROUND, RoundState
from ansinh.population.models import Answer, Decision, Member, Round, Settlement, Withdrawal
from ansinh.population.records import SAID_NUMBER, ours
from ansinh.registry.models import ImportFile
from ansinh.registry.records import NUMBER as OUR_NUMBER
from ansinh.registry.records import indexed_or_none, sealed_or_none
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.names import normalise_name
from ansinh.rules.population import Assessment, Said, assess, check, says_alive
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import open_many

CHUNK = 5_000
UNDO_MINUTES = 10
TAKES_ANSWERS = {RoundState.HANDED_OVER.value, RoundState.ANSWERED.value, RoundState.RESOLVED.value}


class NotInRound(Refusal):
    """A reference that is not of this round; fields: ref."""

    code = "POPULATION_NOT_IN_ROUND"


class DeathDayNotPossible(Refusal):
    """A death before the birth or after the day of the answer; fields: on."""

    code = "EVENT_DAY_NOT_POSSIBLE"


class AnsweredMeanwhile(Refusal):
    """Another officer answered for this person first; fields: who, at, result."""

    code = "POPULATION_ANSWERED_MEANWHILE"


class NothingToUndo(Refusal):
    """No answer of this officer that is fresh and unused; fields: minutes."""

    code = "POPULATION_NOTHING_TO_UNDO"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that comes in: for which reference, what the register says, a note."""

    reference: str
    said: Said
    note: str = ""
    row: int = 0


@dataclass(slots=True)
class Taken:
    """What became of the answers: every one is counted once."""

    added: int = 0
    unchanged: int = 0
    need_second: int = 0
    refused: list[tuple[Given, Refusal]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """For the log and for machines."""
        return {"added": self.added, "unchanged": self.unchanged, "need_second": self.need_second,
                "refused": len(self.refused)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A member: our record now and the latest answer of the round."""

    member_id: int
    person_id: int
    ours: Any
    last_id: int | None
    seq: int
    last: tuple[Any, ...]
    dead: bool


def take_answers(
    *, round_id: int, given: Iterable[Given], source: str, by: Officer | None, at: datetime, on: date,
    import_file: ImportFile | None = None,
) -> Taken:  # fmt: skip
    """Take many answers; a handful of statements for each 5,000. An answer that cannot be accepted
    is in `refused` with its reason and the others are taken. Raises `NotFromThisState`."""
    done = Taken()
    with transaction.atomic():
        held = _open_for_answers(round_id)
        waiting = iter(given)
        while chunk := list(islice(waiting, CHUNK)):
            _take_chunk(held, chunk, done, source=source, by=by, at=at, on=on, file=import_file)
        settle_state(held=held, changed=done.added > 0)
        record(by=by.pk if by else None, at=at, act="population.take_answers", subject="population_round",
               subject_id=held.pk, unit_id=held.commune_id,
               details={"source": source, **done.counts(),
                        "import": import_file.pk if import_file else None})  # fmt: skip
    return done


def answer_one(
    *,
    round_id: int,
    reference: str,
    said: Said,
    note: str,
    seen_seq: int,
    by: Officer,
    at: datetime,
    on: date,
) -> int:
    """One answer of a police officer, who saw the answer number `seen_seq` (0: none); returns the id
    of the new answer, or of the equal one that stands.

    Raises `NotInRound`, `AnsweredMeanwhile`, `MatchContradicts`, `NeedsDay`, `NeedsPlace`,
    `DeathDayNotPossible` or `NotFromThisState`.
    """
    given = Given(reference, said, note)
    with transaction.atomic():
        held = _open_for_answers(round_id)
        known = members_of(held=held, references=[reference]).get(reference)
        if known is None:
            raise NotInRound(ref=reference)
        same = known.last == as_kept(given=given, index=indexed_or_none(OUR_NUMBER, [said.number])[0])
        if known.seq != seen_seq and known.last_id is not None and not same:
            first = Answer.objects.select_related("officer").get(pk=known.last_id)
            raise AnsweredMeanwhile(
                who=first.officer.full_name if first.officer else first.source, at=first.at,
                result=RESULT_WORDS[first.result],
            )  # fmt: skip
        done = Taken()
        ids = _take_chunk(held, [given], done, source="queue", by=by, at=at, on=on, file=None)
        if done.refused:
            raise done.refused[0][1]
        settle_state(held=held, changed=done.added > 0)
        record(by=by.pk, at=at, act="population.answer", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id,
               details={"reference": reference, "result": said.result.value})  # fmt: skip
    return ids[0] if ids else int(known.last_id or 0)


RESULT_WORDS = {
    "matched": "khớp", "different_name": "khác họ tên", "different_birth": "khác ngày sinh",
    "different_sex": "khác giới tính", "wrong_number": "sai số định danh", "duplicate": "trùng",
    "deceased": "đã chết", "not_found": "không tìm thấy", "moved": "đã chuyển đi",
}  # fmt: skip


def _open_for_answers(round_id: int) -> Round:
    held = locked(round_id=round_id)
    check_takes_answers(held)
    return held


def check_takes_answers(held: Round) -> None:
    """Raise `NotFromThisState` when a round takes no answers: not handed over yet, or signed."""
    if held.state not in TAKES_ANSWERS:
        state = RoundState(held.state)
        raise NotFromThisState(state=state.value, event="answer", allowed=ROUND.allowed(state))


def members_of(*, held: Round, references: Sequence[str]) -> dict[str, Known]:
    """The members of a round behind some references; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("population", "members_answered"),
            {"round": held.pk, "references": list(references)},
        )
        rows = cursor.fetchall()
    numbers = open_many(column=OUR_NUMBER, sealed=[row[7] for row in rows])
    return {
        row[0]: Known(
            row[1], row[2],
            ours(name=row[3], born_on=row[4], precision=row[5], sex=row[6], number=number, old=row[8]),
            row[9], row[10], _comparable(row[11:19]), row[19],
        )
        for row, number in zip(rows, numbers, strict=True)
    }  # fmt: skip


def _comparable(row: Sequence[Any]) -> tuple[Any, ...]:
    """What makes two answers the same: result, name, born, sex, number, died, moved, note."""
    return tuple(bytes(each) if isinstance(each, memoryview | bytes) else each for each in row)


def judged(*, given: Given, known: Known | None, on: date) -> Assessment:
    """How an answer differs from our record. Raises `NotInRound`, `MatchContradicts`, `NeedsDay`,
    `NeedsPlace`, `DeathDayNotPossible` or a `NameNotAccepted`."""
    if known is None:
        raise NotInRound(ref=given.reference)
    said = given.said
    if said.name:
        normalise_name(said.name)
    found = assess(known.ours, said)
    check(given.reference, said, found)
    if said.died_on is not None and (
        said.died_on.earliest > on or said.died_on.latest < known.ours.born.earliest
    ):
        raise DeathDayNotPossible(on=said.died_on.earliest)
    return found


def _take_chunk(
    held: Round, chunk: list[Given], done: Taken, *, source: str, by: Officer | None, at: datetime,
    on: date, file: ImportFile | None,
) -> list[int]:  # fmt: skip
    known = members_of(held=held, references=[given.reference for given in chunk])
    numbers = [given.said.number for given in chunk]
    indexes = indexed_or_none(OUR_NUMBER, numbers)  # the register's index: is the number somebody's?
    kept: list[tuple[Given, Known, Assessment, bytes | None, bool]] = []
    seen: set[str] = set()
    for given, index in zip(chunk, indexes, strict=True):
        member = known.get(given.reference)
        try:
            found = judged(given=given, known=member, on=on)
        except Refusal as refused:
            done.refused.append((given, refused))
            continue
        assert member is not None
        if given.reference in seen or member.last == as_kept(given=given, index=index):
            done.unchanged += 1
            continue
        seen.add(given.reference)
        second = member.dead and says_alive(given.said.result)
        done.need_second += second
        kept.append((given, member, found, index, second))
    done.added += len(kept)
    return _insert(kept, source=source, by=by, at=at, file=file) if kept else []


def as_kept(*, given: Given, index: bytes | None) -> tuple[Any, ...]:
    """What makes two answers the same, in the order of `Known.last`."""
    said = given.said
    return (
        said.result.value, said.name, said.born.iso if said.born else "", said.sex, index,
        said.died_on.iso if said.died_on else "", said.moved_to, given.note[:300],
    )  # fmt: skip


def _insert(
    kept: Sequence[tuple[Given, Known, Assessment, bytes | None, bool]],
    *, source: str, by: Officer | None, at: datetime, file: ImportFile | None,
) -> list[int]:  # fmt: skip
    rows = [as_kept(given=given, index=index) for given, _known, _found, index, _second in kept]
    numbers = [each[0].said.number for each in kept]
    columns: dict[str, Any] = {
        "source": source, "file": file.pk if file else None, "by": by.pk if by else None, "at": at,
        "members": [each[1].member_id for each in kept], "seqs": [each[1].seq + 1 for each in kept],
        "results": [row[0] for row in rows], "kinds": ["|".join(each[2].kinds) for each in kept],
        "names": [row[1] for row in rows], "births": [row[2] for row in rows],
        "sexes": [row[3] for row in rows], "number_enc": sealed_or_none(SAID_NUMBER, numbers),
        "number_bidx": [row[4] for row in rows], "number_last4": [number[-4:] for number in numbers],
        "died": [row[5] for row in rows], "moved": [row[6] for row in rows],
        "notes": [row[7] for row in rows], "second": [each[4] for each in kept],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "insert_answers"), columns)
        return [int(row[0]) for row in cursor.fetchall()]


def unanswered(*, round_id: int) -> int:
    """How many members have no answer that counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.people - (SELECT count(*) FROM population_current AS c WHERE c.round_id = r.id)"
            " FROM population_round AS r WHERE r.id = %s",
            [round_id],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def settle_state(*, held: Round, changed: bool) -> None:
    """Move the round where its answers are: all there, or not; a new answer opens it again."""
    if held.state == RoundState.RESOLVED and changed:
        move(round_=held, event="reopen")
    left = unanswered(round_id=held.pk)
    if held.state == RoundState.HANDED_OVER and left == 0:
        move(round_=held, event="answer_all")
    elif held.state == RoundState.ANSWERED and left > 0:
        move(round_=held, event="take_back")


def take_back(*, round_id: int, by: Officer, at: datetime) -> Answer:
    """Undo the officer's own last answer on the queue while it is fresh and nothing rests on it;
    returns the answer. Raises `NothingToUndo` or `NotFromThisState`."""
    with transaction.atomic():
        held = _open_for_answers(round_id)
        last = (
            Answer.objects.filter(round=held, officer=by, source="queue", withdrawal__isnull=True,
                                  at__gte=at - timedelta(minutes=UNDO_MINUTES))
            .select_related("member").order_by("-id").first()
        )  # fmt: skip
        if last is None or _used(last):
            raise NothingToUndo(minutes=UNDO_MINUTES)
        Withdrawal.objects.create(answer=last, commune_id=last.commune_id, at=at, by=by)
        settle_state(held=held, changed=True)
        record(by=by.pk, at=at, act="population.take_back", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id, details={"reference": last.member.reference})  # fmt: skip
    return last


def _used(answer: Answer) -> bool:
    later = Answer.objects.filter(member_id=answer.member_id, seq__gt=answer.seq)
    settled = Settlement.objects.filter(answer=answer).exclude(batch__state="undone")
    decided = Decision.objects.filter(answer=answer)
    return later.exists() or settled.exists() or decided.exists() or hasattr(answer, "confirmation")


def member_of(*, round_id: int, reference: str) -> Member:
    """The member behind a reference. Raises `NotInRound`."""
    found = Member.objects.filter(round_id=round_id, reference=reference).first()
    if found is None:
        raise NotInRound(ref=reference[:20])
    return found
