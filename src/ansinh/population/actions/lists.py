# SPDX-License-Identifier: MPL-2.0
"""Answers in a list (form `population`): each row belongs to the round that its reference names. From
the round's own page the same file goes through `from_file`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ansinh.population.actions.answers import (
    Given,
    NotInRound,
    as_kept,
    check_takes_answers,
    judged,
    members_of,
    take_answers,
)
from ansinh.population.models import Member, Round
from ansinh.population.records import said_of
from ansinh.registry.files.rows import Row
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile
from ansinh.registry.records import NUMBER, indexed_or_none
from ansinh.rules.months import VIETNAM
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


def given_in(*, values: Mapping[str, Any], row: int) -> Given:
    """The answer that the values of an accepted row give."""
    return Given(str(values["reference"]).strip().upper(), said_of(values), values["note"][:300], row)


def compare_answers(
    *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched]
) -> dict[int, Matched]:
    """What each accepted row means for its round: a new answer, another one than stands, the same one.
    Refuses a row whose reference no round of the commune has, whose round takes no answers, or that
    contradicts itself."""
    on = file.sent_at.astimezone(VIETNAM).date()
    living = [row for row in rows if row.outcome == "accepted"]
    for round_, of_round in _by_round(file, living):
        given = [given_in(values=row.values, row=row.number) for row in of_round]
        known = members_of(held=round_, references=[each.reference for each in given]) if round_ else {}
        indexes = indexed_or_none(NUMBER, [each.said.number for each in given])
        for row, each, index in zip(of_round, given, indexes, strict=True):
            member = known.get(each.reference)
            try:
                if round_ is None or member is None:
                    raise NotInRound(ref=each.reference)
                check_takes_answers(round_)
                judged(given=each, known=member, on=on)
            except Refusal as refused:
                row.refuse("reference", refused.code, **refused.fields)
                continue
            same = member.last == as_kept(given=each, index=index)
            change = "new" if member.last_id is None else "unchanged" if same else "changed"
            matched[row.number] = Matched(change, member.person_id)
    return matched


def take_answers_of(
    *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched], by: Officer | None, at: datetime
) -> dict[str, int]:
    """Take the answers of a chunk of a confirmed list, in the transaction that confirms it. Raises
    the first refusal of an answer: the list was compared a moment before."""
    counts: Counter[str] = Counter(dict.fromkeys(("added", "unchanged", "need_second"), 0))
    changed = [row for row in rows if matched[row.number].change != "unchanged"]
    counts["unchanged"] += len(rows) - len(changed)
    for round_, of_round in _by_round(file, changed):
        if round_ is None:
            raise NotInRound(ref=str(of_round[0].values["reference"]))
        given = [given_in(values=row.values, row=row.number) for row in of_round]
        taken = take_answers(
            round_id=round_.pk, given=given, source="file", by=by, at=at,
            on=at.astimezone(VIETNAM).date(), import_file=file,
        )  # fmt: skip
        for _given, refused in taken.refused:
            raise refused
        counts.update({"added": taken.added, "unchanged": taken.unchanged, "need_second": taken.need_second})
    return dict(counts)


def _by_round(file: ImportFile, rows: Sequence[Row]) -> Iterable[tuple[Round | None, list[Row]]]:
    """The rows of each round of the commune, the latest first; those of no round under None."""
    references = [given_in(values=row.values, row=row.number).reference for row in rows]
    members = Member.objects.filter(reference__in=references, commune_id=file.commune_id)
    round_of = dict(members.values_list("reference", "round_id"))
    found: dict[int | None, list[Row]] = {}
    for row, reference in zip(rows, references, strict=True):
        found.setdefault(round_of.get(reference), []).append(row)
    rounds = Round.objects.select_related("commune").in_bulk([each for each in found if each])
    return [(rounds[pk] if pk else None, of_round) for pk, of_round in found.items()]
