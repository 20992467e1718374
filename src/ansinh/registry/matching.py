# SPDX-License-Identifier: MPL-2.0
"""Rows of a list against the register: new, changed or unchanged, and who is known elsewhere.

A fixed number of statements for each chunk of rows. Runs in the scope of the list's commune.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from ansinh.registry.files.rows import Row
from ansinh.registry.records import NUMBER, born_columns, born_of, indexed_or_none, month_day
from ansinh.rules.months import Month
from ansinh.rules.names import NameMatch, compare_names, fold_name, name_key
from ansinh.statements import statement

AWARD_FIELDS = ("decision_number", "signer", "file_ref", "merit_person", "relation")
COMPARED = frozenset({"awards", "accounts"})  # forms whose rows are about people of the register
FACTS_AT = 3  # in the statement awards_of_people
PERSON_FIELDS = ("sex", "ethnicity", "hamlet")


class Known(NamedTuple):
    """A person of the register, as far as a list can be compared with it."""

    id: int
    bidx: bytes | None
    name: str
    born_on: date
    born_precision: str
    sex: str
    ethnicity: str
    hamlet: str
    household: str
    life: str
    life_since: date | None
    version: int


class KnownAward(NamedTuple):
    """An award of the register."""

    id: int
    person_id: int
    code: str
    facts: dict[str, Any]
    decision_number: str
    decided_on: date | None
    first_month: date
    end_month: date | None
    signer: str
    file_ref: str
    merit_person: str
    relation: str
    version: int


class Matched(NamedTuple):
    """What a row means for the register."""

    change: str = ""  # new, changed, unchanged; empty for rows that are not accepted
    person_id: int | None = None
    award_id: int | None = None
    person_set: dict[str, Any] = {}
    award_set: dict[str, Any] = {}


_PERSON_COLUMNS = (
    "id, number_bidx, name, born_on, born_precision, sex, ethnicity, hamlet, household, life, life_since,"
    " version"
)


def people_by_number(indexes: Iterable[bytes]) -> dict[bytes, Known]:
    """Living records in scope by the blind index of their number; the number of a record that was
    merged into another means the other."""
    asked = list(indexes)
    columns = ", ".join(f"p.{name.strip()}" for name in _PERSON_COLUMNS.split(","))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.number_bidx, {columns} FROM registry_person AS p"  # noqa: S608 - our own column names
            " WHERE p.number_bidx = ANY (%s) AND p.merged_into_id IS NULL"
            f" UNION ALL SELECT alias.number_bidx, {columns} FROM registry_person AS alias"
            " JOIN registry_person AS p ON p.id = alias.merged_into_id AND p.merged_into_id IS NULL"
            " WHERE alias.number_bidx = ANY (%s)",
            [asked, asked],
        )
        rows = cursor.fetchall()
    return {bytes(row[0]): Known(*row[1:]) for row in reversed(rows)}  # the living record's own number wins


def numbers_taken(indexes: Sequence[bytes]) -> set[bytes]:
    """Which of these numbers have a record anywhere, in scope or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_numbers_taken(%s)", [list(indexes)])
        return {bytes(row[0]) for row in cursor.fetchall()}


def people_by_name(keys: Iterable[tuple[str, date]]) -> dict[tuple[str, date], list[Known]]:
    """Living records in scope by folded name and first possible day of birth."""
    pairs = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name_folded, {_PERSON_COLUMNS} FROM registry_person"  # noqa: S608
            " WHERE (name_folded, born_on) IN (SELECT * FROM unnest(%s::text[], %s::date[]))"
            " AND merged_into_id IS NULL",
            [[name for name, _born in pairs], [born for _name, born in pairs]],
        )
        found: dict[tuple[str, date], list[Known]] = {}
        for folded, *rest in cursor.fetchall():
            known = Known(*rest)
            found.setdefault((folded, known.born_on), []).append(known)
    return found


def awards_of(person_ids: Iterable[int]) -> dict[tuple[int, str], list[KnownAward]]:
    """Awards that count, by person and code, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "awards_of_people"), {"people": list(person_ids)})
        found: dict[tuple[int, str], list[KnownAward]] = {}
        for row in cursor.fetchall():
            award = KnownAward._make(_json(cell) if at == FACTS_AT else cell for at, cell in enumerate(row))
            found.setdefault((award.person_id, award.code), []).append(award)
    return found


def decisions_known(asked: Iterable[tuple[str, date]]) -> dict[tuple[str, date], dict[int, str]]:
    """Decisions (number in lower case, day) that awards in scope rest on -> person and name of each."""
    pairs = list(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("registry", "decisions_known"),
            {"numbers": [number for number, _day in pairs], "days": [day for _number, day in pairs]},
        )
        found: dict[tuple[str, date], dict[int, str]] = {}
        for number, day, person, name in cursor.fetchall():
            found.setdefault((number, day), {})[person] = name
    return found


def _json(value: Any) -> dict[str, Any]:
    return dict(json.loads(value)) if isinstance(value, str) else dict(value)


def match(rows: Sequence[Row], *, form: str) -> dict[int, Matched]:
    """row number -> what it means. Rows that the register contradicts are refused here."""
    living = [row for row in rows if row.outcome == "accepted"]
    numbers = [row.values.get("number") for row in living]
    indexes = indexed_or_none(NUMBER, numbers)
    asked = [index for index in indexes if index]
    by_number = people_by_number(asked)
    elsewhere = numbers_taken([index for index in asked if index not in by_number])
    by_name = people_by_name(
        {
            (fold_name(row.values["name"]), born_columns(row.values["born"])["born_on"])
            for row, index in zip(living, indexes, strict=True)
            if index is None and row.values.get("born") and row.values.get("name")
        }
    )
    pairs: list[tuple[Row, Known | None]] = []
    for row, index in zip(living, indexes, strict=True):
        person = by_number.get(index) if index else _same_name(row, by_name)
        if index in elsewhere:
            row.refuse("number", "PERSON_ELSEWHERE")
        elif person is not None:
            _check_person(row, person)
        if form != "awards" and person is None and row.outcome == "accepted":
            row.refuse("number", "PERSON_NOT_FOUND")
        pairs.append((row, person))
    if form == "awards":
        _check_decisions(pairs)
    awards = awards_of({person.id for _row, person in pairs if person is not None})
    return {
        row.number: _meaning(row, person, awards, form) for row, person in pairs if row.outcome == "accepted"
    }


def _check_decisions(pairs: Sequence[tuple[Row, Known | None]]) -> None:
    """A decision that another person's award rests on is asked about: copied by mistake, or one for
    several people."""
    asked = {row.number: decision for row, _person in pairs if (decision := _decision_of(row.values))}
    known = decisions_known(set(asked.values())) if asked else {}
    for row, person in pairs:
        decision = asked.get(row.number)
        if decision is None or row.outcome != "accepted":
            continue
        holders = known.get(decision, {})
        if holders and (person is None or person.id not in holders):
            field = "decision" if "decision" in row.letters else "decision_number"
            row.doubt(
                field, "DECISION_OF_ANOTHER", number=row.values["decision_number"], decided=decision[1],
                name=min(holders.values()),
            )  # fmt: skip


def _decision_of(values: Mapping[str, Any]) -> tuple[str, date] | None:
    number, decided = values.get("decision_number"), values.get("decided_on") or ""
    return (number.lower(), date.fromisoformat(decided)) if number and len(decided) == 10 else None


def _same_name(row: Row, by_name: dict[tuple[str, date], list[Known]]) -> Known | None:
    values = row.values
    if not values.get("born") or not values.get("name"):
        return None
    key = (fold_name(values["name"]), born_columns(values["born"])["born_on"])
    same = [each for each in by_name.get(key, ()) if name_key(each.name) == name_key(values["name"])]
    return same[0] if len(same) == 1 else None


def _check_person(row: Row, person: Known) -> None:
    if person.life == "dead":
        row.refuse("name", "PERSON_DEAD", died=person.life_since)
    elif compare_names(row.values["name"], person.name) in {NameMatch.CLOSE, NameMatch.DIFFERENT}:
        row.refuse("name", "PERSON_OTHER_NAME", name=person.name)


def _meaning(
    row: Row, person: Known | None, awards: dict[tuple[int, str], list[KnownAward]], form: str
) -> Matched:
    if person is None:
        return Matched("new")
    person_set = _person_differences(row.values, person)
    if form != "awards":
        return Matched("changed" if person_set else "unchanged", person.id)
    known = awards.get((person.id, row.values["code"]), [])
    living = next((award for award in known if award.end_month is None), None)
    if living is None:
        if known and _same_decision(row.values, known[0]):
            end = Month.of(known[0].end_month or known[0].first_month).vi
            row.refuse("category", "AWARD_STOPPED_BEFORE", end=end)
            return Matched()
        return Matched("new", person.id, None, person_set)
    award_set = _award_differences(row.values, living)
    change = "changed" if person_set or award_set else "unchanged"
    return Matched(change, person.id, living.id, person_set, award_set)


def _same_decision(values: dict[str, Any], award: KnownAward) -> bool:
    decided = values.get("decided_on")
    same_day = not decided or (award.decided_on is not None and decided == award.decided_on.isoformat())
    number = values.get("decision_number")
    return same_day and (not number or number == award.decision_number)


def _person_differences(values: dict[str, Any], person: Known) -> dict[str, Any]:
    """What the list says otherwise; a blank cell says nothing."""
    found: dict[str, Any] = {
        field: values[field] for field in PERSON_FIELDS
        if values.get(field) and values[field] != getattr(person, field)
    }  # fmt: skip
    if name_key(values["name"]) != name_key(person.name):
        found["name"] = values["name"]
    if values.get("born") and values["born"] != born_of(person.born_on, person.born_precision).iso:
        found["born"] = values["born"]
    if values.get("household") and values["household"] != person.household:
        found["household"] = values["household"]
    return found


def _award_differences(values: dict[str, Any], award: KnownAward) -> dict[str, Any]:
    found: dict[str, Any] = {
        field: values[field] for field in AWARD_FIELDS
        if values.get(field) and values[field] != getattr(award, field)
    }  # fmt: skip
    if values.get("facts") and values["facts"] != {key: award.facts.get(key) for key in values["facts"]}:
        found["facts"] = {**award.facts, **values["facts"]}
    decided = values.get("decided_on")
    if (
        decided
        and len(decided) == 10
        and (award.decided_on is None or decided != award.decided_on.isoformat())
    ):
        found["decided_on"] = decided
    for field in ("first_month", "end_month"):
        day = month_day(values.get(field))
        if day is not None and day != getattr(award, field):
            found[field] = values[field]
    return found
