# SPDX-License-Identifier: MPL-2.0
"""Finding records that may be one person, and settling each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from rapidfuzz.distance import Levenshtein

from ansinh.audit.actions import record
from ansinh.registry.actions.changes import content_of, propose_change
from ansinh.registry.actions.merge import possible_merge
from ansinh.registry.actions.pairs import settle_pair
from ansinh.registry.lifecycles import ChangeState
from ansinh.registry.models import Change, Person
from ansinh.rules.duplicates import Likeness, Record, Score, name_weight, score
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement

CHUNK = 20_000
LARGEST_BLOCK = 60  # people of one commune, day and sex; above it everybody would be compared with all
CLOSE_LETTERS = 2


class SamePerson(Refusal):
    """A record is not merged into itself."""

    code = "PERSON_SAME"


class NotMerged(Refusal):
    """The record is no alias, so there is nothing to split."""

    code = "PERSON_NOT_MERGED"


class SettleNeedsReason(Refusal):
    """Deciding about two records without saying why."""

    code = "CHANGE_NEEDS_REASON"


def find_duplicates(*, by: Officer | None, at: datetime) -> dict[str, int]:
    """Compare everybody in scope; returns how many pairs were weighed and kept."""
    counts = {"people": 0, "weighed": 0, "kept": 0}
    with transaction.atomic():
        shares = _name_counts()
        counts["people"] = sum(shares.values())
        pairs = _candidates()
        while chunk := list(islice(pairs, CHUNK)):
            counts["weighed"] += len(chunk)
            counts["kept"] += _keep(_weighed(chunk, shares, counts["people"]), at)
        record(by=by.pk if by else None, at=at, act="registry.find_duplicates", subject="register",
               subject_id="all", details=dict(counts))  # fmt: skip
    return counts


def _name_counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name_folded, count(*) FROM registry_person WHERE merged_into_id IS NULL GROUP BY 1"
        )
        return {str(name): int(many) for name, many in cursor.fetchall()}


def _candidates() -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "candidate_pairs"))
        for first, second in cursor.fetchall():
            seen.add((first, second))
            yield first, second
        cursor.execute(statement("registry", "fuzzy_blocks"), {"largest": LARGEST_BLOCK})
        for ids, names in cursor.fetchall():
            yield from (pair for pair in _close_pairs(ids, names) if pair not in seen)


def _close_pairs(ids: Sequence[int], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of a block whose names are a letter or two apart, or the same words in another order."""
    for at, name in enumerate(names):
        for other in range(at + 1, len(names)):
            distance = Levenshtein.distance(name, names[other], score_cutoff=CLOSE_LETTERS)
            if 0 < distance <= CLOSE_LETTERS or (
                name != names[other] and sorted(name.split()) == sorted(names[other].split())
            ):
                yield ids[at], ids[other]


def _records(ids: set[int]) -> dict[int, Record]:
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "records_of_people"), {"people": list(ids)})
        return {
            row[0]: Record(
                row[1], row[2], row[3], row[4], row[5], row[6], bytes(row[7]) if row[7] else None,
                frozenset(bytes(each) for each in row[8]), bytes(row[9]) if row[9] else None,
            )
            for row in cursor.fetchall()
        }  # fmt: skip


def _alike(a: str, b: str) -> str:
    if a == b:
        return "equal"
    close = Levenshtein.distance(a, b, score_cutoff=CLOSE_LETTERS) <= CLOSE_LETTERS
    return "close" if close or sorted(a.split()) == sorted(b.split()) else "different"


def _weighed(
    chunk: Sequence[tuple[int, int]], shares: dict[str, int], people: int
) -> list[tuple[int, int, int, Score]]:
    records = _records({each for pair in chunk for each in pair})
    found = []
    for first, second in chunk:
        a, b = records[first], records[second]
        bits = name_weight(max(shares.get(a.name, 1), shares.get(b.name, 1)), people)
        result = score(a, b, name_bits=bits, names_alike=_alike(a.name, b.name))
        if result.likeness is not Likeness.UNLIKELY:
            found.append((first, second, a.commune, result))
    return found


def _keep(found: Sequence[tuple[int, int, int, Score]], at: datetime) -> int:
    columns: dict[str, Any] = {
        "firsts": [first for first, _s, _c, _r in found],
        "seconds": [second for _f, second, _c, _r in found],
        "communes": [commune for _f, _s, commune, _r in found],
        "likenesses": [result.likeness.value for _f, _s, _c, result in found],
        "weights": [result.weight for _f, _s, _c, result in found],
        "reasons": ["|".join(result.reasons) for _f, _s, _c, result in found],
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_pairs"), columns)
        return int(cursor.rowcount)


def keep_apart(*, pair_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Two people after all. Raises `SettleNeedsReason` or `NotFromThisState`."""
    _needs(reason)
    with transaction.atomic():
        settle_pair(pair_id=pair_id, event="keep_apart", reason=reason, by=by, at=at)


def reopen_pair(*, pair_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Look again at two records that were said to be two people. Raises `SettleNeedsReason` or
    `NotFromThisState`."""
    _needs(reason)
    with transaction.atomic():
        settle_pair(pair_id=pair_id, event="reopen", reason=reason, by=by, at=at)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise SettleNeedsReason


def propose_merge(*, pair_id: int, reason: str, by: Officer, at: datetime) -> Change:
    """Propose that one record of a pair becomes an alias of the other; another person checks.

    The record with a number stays, else the older one. Raises `SettleNeedsReason`, `ChangeOpen`,
    `NotFromThisState`, `MergeElsewhere`, `MergeTwoNumbers` or `MergeTwoAwards`.
    """
    _needs(reason)
    with transaction.atomic():
        pair = settle_pair(pair_id=pair_id, event="propose", reason=reason, by=by, at=at)
        into, alias = pair.first, pair.second
        if into.number_bidx is None and alias.number_bidx is not None:
            into, alias = alias, into
        return _merge_change(alias, into, reason, by, at, pair=pair.pk)


def propose_merge_of(*, alias_id: int, into_id: int, reason: str, by: Officer, at: datetime) -> Change:
    """The same for two records that no comparison had paired. Raises `SamePerson` and the above."""
    if alias_id == into_id:
        raise SamePerson
    _needs(reason)
    with transaction.atomic():
        alias, into = Person.objects.get(pk=alias_id), Person.objects.get(pk=into_id)
        return _merge_change(alias, into, reason, by, at, pair=None)


def _merge_change(
    alias: Person, into: Person, reason: str, by: Officer, at: datetime, *, pair: int | None
) -> Change:
    possible_merge(alias=alias, into_id=into.pk)
    return propose_change(
        person=alias, kind="merge", content={"into": into.pk, "pair": pair}, reason=reason,
        label=f"Nhập vào hồ sơ {into.name}", by=by, at=at, source="duplicate",
    )  # fmt: skip


def propose_split(*, person_id: int, reason: str, by: Officer, at: datetime) -> Change:
    """Propose to undo a merge: the alias gets back what it brought. Raises `SettleNeedsReason`,
    `NotMerged` or `ChangeOpen`."""
    _needs(reason)
    with transaction.atomic():
        alias = Person.objects.select_related("merged_into").get(pk=person_id)
        merges = Change.objects.filter(person=alias, kind="merge", state=ChangeState.APPLIED.value)
        made = merges.order_by("-decided_at", "-pk").first()
        if alias.merged_into is None or made is None:
            raise NotMerged
        was = content_of(change=made)
        content = {"from": alias.merged_into_id, "followed": was.get("followed", {})} | {
            name: was[name] for name in ("awards", "old_numbers", "number", "pair")
        }
        return propose_change(
            person=alias, kind="split", content=content, reason=reason, by=by, at=at, source="duplicate",
            label=f"Tách khỏi hồ sơ {alias.merged_into.name}",
        )  # fmt: skip
