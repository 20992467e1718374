# SPDX-License-Identifier: MPL-2.0
"""Fill a database with the invented province at the speed of COPY: for benchmarks, up to millions.

Not the way in which lists come in (that is `register_step`): no import, no history, no audit. Runs on a
connection of the tables' owner, since COPY does not go through row-level security.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg

from ansinh.demo.invented import InventedPerson
from ansinh.demo.people import MONTH
from ansinh.demo.province import province
from ansinh.registry.records import NUMBER, PHONE, indexed_or_none, name_columns, sealed_or_none
from ansinh.rules.law import Law

PEOPLE = (
    "COPY registry_person (id, number_enc, number_bidx, number_last4, name, name_folded,"
    " sort_key, born_on, born_precision, sex, ethnicity, commune_id, hamlet, phone_enc, phone_bidx,"
    " phone_last4, channel, household, disadvantaged_area, pension_vnd, lives_alone, life, life_source,"
    " version, changed_at) FROM STDIN"
)
AWARDS = (
    "COPY registry_award (person_id, commune_id, family, code, facts, decision_number, decided_on, signer,"
    " signer_title, first_month, end_reason, suspend_reason, file_ref, merit_person, relation, voided,"
    " version, changed_at) FROM STDIN"
)
RESIDENCES = "COPY registry_residence (person_id, commune_id, hamlet, validity) FROM STDIN"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows went in, and the ids of the first and the last person."""

    people: int
    awards: int
    first_id: int
    last_id: int


def fill_register(
    *, owner: psycopg.Connection[Any], units: Mapping[str, int], seed: int, people: int, law: Law,
    at: datetime, many_communes: int = 233,
) -> Filled:  # fmt: skip
    """COPY `people` invented persons with their awards and residences; `units` gives the id of each
    commune by code. Commits nothing; the sequences are moved behind the new ids."""
    row = owner.execute("SELECT coalesce(max(id), 0) + 1 FROM registry_person").fetchone()
    first = int(row[0]) if row else 1
    last, awards = first - 1, 0
    for invented in province(seed=seed, many_communes=many_communes, people=people, law=law, frauds=False):
        unit = units[invented.commune.code]
        awards += _copy_commune(owner, invented.people, unit=unit, first=last + 1, law=law, at=at)
        last += len(invented.people)
    owner.execute("SELECT setval(pg_get_serial_sequence('registry_person', 'id'), %s)", [max(last, 1)])
    return Filled(last - first + 1, awards, first, last)


def _copy_commune(
    owner: psycopg.Connection[Any], people: list[InventedPerson], *, unit: int, first: int, law: Law,
    at: datetime,
) -> int:  # fmt: skip
    with owner.cursor() as cursor:
        for statement, rows in (
            (PEOPLE, _people_rows(people, unit, first, at)),
            (RESIDENCES, ((first + at_, unit, p.hamlet, "[2020-01-01,)") for at_, p in enumerate(people))),
        ):
            with cursor.copy(statement) as copy:
                for each in rows:
                    copy.write_row(each)
        many = 0
        with cursor.copy(AWARDS) as copy:
            for each in _award_rows(people, unit, first, law, at):
                copy.write_row(each)
                many += 1
    return many


@lru_cache(maxsize=200_000)
def _name_columns(name: str) -> tuple[str, str]:
    found = name_columns(name)
    return found["name_folded"], found["sort_key"]


def _people_rows(
    people: list[InventedPerson], unit: int, first: int, at: datetime
) -> Iterator[tuple[Any, ...]]:
    numbers, phones = [p.number for p in people], [p.phone or None for p in people]
    sealed, indexed = sealed_or_none(NUMBER, numbers), indexed_or_none(NUMBER, numbers)
    phone_sealed, phone_indexed = sealed_or_none(PHONE, phones), indexed_or_none(PHONE, phones)
    for place, person in enumerate(people):
        folded, sort_key = _name_columns(person.name)
        yield (
            first + place, sealed[place], indexed[place], person.number[-4:], person.name, folded,
            sort_key, person.born.earliest, person.born.precision, person.sex, person.ethnicity, unit,
            person.hamlet, phone_sealed[place], phone_indexed[place], person.phone[-4:], "",
            person.household, person.disadvantaged_area, 0, False, "alive", "", 1, at,
        )  # fmt: skip


def _award_rows(
    people: list[InventedPerson], unit: int, first: int, law: Law, at: datetime
) -> Iterator[tuple[Any, ...]]:
    for place, person in enumerate(people):
        for award in person.awards:
            yield (
                first + place, unit, law.categories[award.code].family, award.code,
                json.dumps(dict(award.facts)), award.decision_number, award.decided, "", "",
                min(award.first, MONTH).first_day, "", "", "", award.merit_person, award.relation,
                False, 1, at,
            )  # fmt: skip
