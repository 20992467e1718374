# SPDX-License-Identifier: MPL-2.0
"""Questions about rounds. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ansinh.population.models import Answer, Batch, Member, Round
from ansinh.population.records import SAID_NUMBER, ours, partial
from ansinh.registry.records import NUMBER
from ansinh.rules.population import (
    BLOCKING,
    ONE_CLICK,
    Assessment,
    Kind,
    Ours,
    Result,
    Said,
    assess,
    serious_first,
)
from ansinh.statements import statement
from ansinh.vault.sealing import open_many

OPEN = ("prepared", "handed_over", "answered", "resolved")


@dataclass(slots=True)
class Counts:
    """How a round stands."""

    people: int = 0
    results: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    open_kinds: Counter[str] = field(default_factory=Counter)

    @property
    def unanswered(self) -> int:
        """Members without an answer that counts."""
        return self.results[""]

    @property
    def open(self) -> int:
        """Members whose difference is not settled."""
        return sum(self.open_kinds.values())

    @property
    def answered(self) -> int:
        """Members with an answer that counts."""
        return self.people - self.unanswered


def counts(*, round_id: int) -> Counts:
    """Counts of a round in one statement."""
    found = Counts()
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "round_counts"), {"round": round_id})
        for result, kind, settled, many in cursor.fetchall():
            found.people += many
            found.results[result] += many
            if kind:
                found.kinds[kind] += many
                if not settled:
                    found.open_kinds[kind] += many
    return found


def rounds() -> QuerySet[Round]:
    """Rounds in scope, the open ones first, then the latest."""
    return Round.objects.select_related("commune", "prepared_by").order_by("-prepared_at", "-pk")


def content_sha256(*, round_id: int) -> str:
    """SHA-256 of what both sides sign."""
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "content_hash"), {"round": round_id})
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@dataclass(slots=True)
class Line:
    """One member with a difference: both sides, what was found, what was chosen."""

    member_id: int
    reference: str
    position: int
    person_id: int
    hamlet: str
    number_last4: str
    ours: Ours
    said: Said
    said_last4: str
    answer_id: int
    kinds: list[str]
    note: str
    source: str
    officer_id: int | None
    at: datetime
    commune_id: int
    chosen: str = ""
    batch_id: int | None = None
    batch_state: str = ""
    change_id: int | None = None
    chosen_reason: str = ""
    pays: bool | None = None
    decision_reason: str = ""
    change_waits: bool = False
    number_elsewhere: bool = False
    assessment: Assessment = field(default_factory=lambda: Assessment(()))

    @property
    def kind(self) -> str:
        """The group that the line stands in."""
        return self.kinds[0]

    @property
    def blocks(self) -> bool:
        """Whether this result stops payment until decided."""
        return self.said.result in BLOCKING

    @property
    def settled(self) -> bool:
        """Whether something was chosen (and perhaps waits to be submitted) or decided."""
        return bool(self.chosen) or self.pays is not None


def differences(*, round_id: int) -> list[Line]:
    """Every member of a round with something to settle, in the order of the list; two statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "said_numbers"), {"round": round_id})
        numbers = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute(statement("population", "differences"), {"round": round_id, "numbers": numbers})
        rows = cursor.fetchall()
    our_numbers = open_many(column=NUMBER, sealed=[row[8] for row in rows])
    their_numbers = open_many(column=SAID_NUMBER, sealed=[row[20] for row in rows])
    return [
        _line(row, ours_, theirs) for row, ours_, theirs in zip(rows, our_numbers, their_numbers, strict=True)
    ]


def _line(row: Sequence[Any], our_number: str, their_number: str) -> Line:
    mine = ours(name=row[4], born_on=row[5], precision=row[6], sex=row[7], number=our_number, old=row[13])
    said = Said(
        Result(row[15]), name=row[17], born=partial(row[18]), sex=row[19], number=their_number,
        died_on=partial(row[22]), moved_to=row[23],
    )  # fmt: skip
    return Line(
        member_id=row[0], reference=row[1], position=row[2], person_id=row[3], number_last4=row[9],
        hamlet=row[10], ours=mine, said=said, said_last4=row[21], answer_id=row[14], kinds=list(row[16]),
        note=row[24], source=row[25], officer_id=row[26], at=row[27], commune_id=row[12],
        batch_id=row[28], chosen=row[29] or "", batch_state=row[30] or "", change_id=row[31],
        chosen_reason=row[32] or "", pays=row[33], decision_reason=row[34] or "", change_waits=row[35],
        number_elsewhere=row[36], assessment=assess(mine, said),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What a choice for a group would do: who is in it, and who is left out and why."""

    included: tuple[Line, ...]
    excluded: tuple[tuple[Line, str], ...]


def preview(*, lines: Iterable[Line], action: str, on: date) -> Preview:
    """Who an action reaches among `lines`; the others with the reason code of `WHY_NOT`."""
    included: list[Line] = []
    excluded: list[tuple[Line, str]] = []
    for line in lines:
        why = _why_not(line, action, on)
        if why:
            excluded.append((line, why))
        else:
            included.append(line)
    return Preview(tuple(included), tuple(excluded))


def _why_not(line: Line, action: str, on: date) -> str:
    if line.settled:
        return "settled"
    if action == "correct":
        return _why_not_correct(line)
    if action == "death":
        died = line.said.died_on
        if line.said.result is not Result.DECEASED:
            return "not_dead"
        if died is None or died.precision != "day":
            return "day_unknown"
        return "day_impossible" if died.earliest > on or died.earliest < line.ours.born.earliest else ""
    return ""


def _why_not_correct(line: Line) -> str:
    if not line.assessment.correction:
        return "nothing_to_correct"
    if line.change_waits:
        return "change_waits"
    if "number" in line.assessment.correction and line.number_elsewhere:
        return "number_elsewhere"
    return ""


def groups(*, lines: Iterable[Line]) -> list[tuple[str, bool, list[Line]]]:
    """(kind, whether the whole group may be corrected at once, its lines), the most serious first."""
    by_kind: dict[str, list[Line]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    return [(kind, Kind(kind) in ONE_CLICK, by_kind[kind]) for kind in serious_first(by_kind)]


def drafts(*, round_id: int) -> QuerySet[Batch]:
    """Choices that can still be undone, the latest first."""
    return Batch.objects.filter(round_id=round_id, state="drafted").order_by("-pk")


def next_unanswered(*, round_id: int, after: int, skip: int = 0) -> Member | None:
    """The next member of the list without an answer that counts, from a position on; after the last
    one the search begins again."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("population", "next_unanswered"), {"round": round_id, "after": after, "skip": skip}
        )
        row = cursor.fetchone()
    return Member.objects.select_related("person").get(pk=row[0]) if row else None


def answers_of_person(*, person_id: int) -> QuerySet[Answer]:
    """Everything that the register ever said of a person, the latest first."""
    return (
        Answer.objects.filter(person_id=person_id)
        .select_related("officer", "round", "confirmation", "withdrawal")
        .prefetch_related("decisions__by")
        .order_by("-pk")
    )


def standing_of(*, person_id: int) -> dict[str, Any] | None:
    """The answer that counts for a person: result, blocks, reason, at; None without one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT result, blocks, reason, at, decided FROM population_standing WHERE person_id = %s",
            [person_id],
        )
        row = cursor.fetchone()
    return dict(zip(("result", "blocks", "reason", "at", "decided"), row, strict=True)) if row else None


def held(*, unit_ids: Iterable[int] | None) -> list[dict[str, Any]]:
    """People whom nothing is paid to until somebody decides, the oldest first, with the answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("population", "held"), {"units": None if unit_ids is None else sorted(unit_ids)}
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def waiting_for_second(*, unit_ids: Iterable[int]) -> QuerySet[Answer]:
    """Answers that a dead person lives, which nobody else has decided yet."""
    return (
        Answer.objects.filter(
            needs_second=True,
            confirmation__isnull=True,
            withdrawal__isnull=True,
            commune_id__in=list(unit_ids),
        )
        .select_related("person", "commune", "officer", "round")
        .order_by("pk")
    )
