# SPDX-License-Identifier: MPL-2.0
"""How fast answers of the population register are taken: read against our records, told apart, kept.

Taken as the application's role, under row-level security, numbers opened and sealed one by one. The
limits beside it, in the same run: a bare COPY of the very rows that were kept, and the same COPY into a
table with the same keys. The database is made for the run and dropped at the end.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from ansinh.config import database, setup

AT, ON, DUE = datetime(2024, 3, 11, tzinfo=UTC), date(2024, 3, 11), date(2024, 3, 25)
# our name, the register's: equal, another place of the tone, marks missing
NAMES = (("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA"), ("Trần Văn An", "TRẦN VĂN AN"), ("Le Thi Lan", "Lê Thị Lan"))
PERSON = (
    "number_enc", "number_bidx", "number_last4", "name", "name_folded", "sort_key",
    "born_on", "born_precision", "sex", "ethnicity", "commune_id", "hamlet", "phone_last4", "channel",
    "household", "disadvantaged_area", "pension_vnd", "lives_alone", "life", "life_source", "version",
    "changed_at",
)  # fmt: skip
AWARDS = """
INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number, signer, signer_title,
    first_month, end_reason, suspend_reason, file_ref, merit_person, relation, voided, version, changed_at)
SELECT id, commune_id, 'social_assistance', 'K5A', '{}', '', '', '', '2023-01-01', '', '', '', '', '',
    false, 1, now()
FROM registry_person
"""


def fill(owner: psycopg.Connection, people: int) -> int:
    """A commune with `people` people, sealed numbers and an award each; returns the commune."""
    from ansinh.registry.records import NUMBER
    from ansinh.vault.sealing import blind_index_many, seal_many

    unit = owner.execute(
        "INSERT INTO places_unit (key, code, level, kind, name, name_key, sort_key, validity, source)"
        " VALUES ('bench', 'bench', 'commune', 'xã', 'x', 'x', 'x', daterange('2020-01-01', NULL), 'bench')"
        " RETURNING id"
    ).fetchone()
    assert unit is not None
    numbers = [f"000040{at:06d}" for at in range(people)]
    sealed = seal_many(column=NUMBER, texts=numbers)
    indexes = blind_index_many(column=NUMBER, texts=numbers)
    with owner.cursor().copy(f"COPY registry_person ({', '.join(PERSON)}) FROM STDIN") as copy:
        for at, number in enumerate(numbers):
            name = NAMES[at % len(NAMES)][0]
            copy.write_row(
                (sealed[at], indexes[at], number[-4:], name, "x", f"{at:09d}", date(1940, 1, 1), "year",
                 "male", "", unit[0], "", "", "", "poor", False, 0, False, "alive", "", 1, AT)
            )  # fmt: skip
    owner.execute(AWARDS)
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM ANALYZE")
    return int(unit[0])


def invented(members: list[tuple[str, str]]) -> Iterator[Any]:
    """An answer for each (reference, our name): matched, spelled otherwise, dead, not found."""
    from ansinh.population.actions.answers import Given
    from ansinh.rules.dates import PartialDate
    from ansinh.rules.population import Result, Said

    pick = random.Random(7)
    theirs = dict(NAMES)
    for reference, name in members:
        chance = pick.random()
        if chance < 0.7:
            said = Said(Result.MATCHED, name=name.upper(), born=PartialDate(1940, 3, 5))
        elif chance < 0.95:
            said = Said(Result.DIFFERENT_NAME, name=theirs[name], born=PartialDate(1940))
        elif chance < 0.98:
            said = Said(Result.DECEASED, died_on=PartialDate(2024, 1, 15))
        else:
            said = Said(Result.NOT_FOUND)
        yield Given(reference, said)


def _take(unit_id: int) -> tuple[dict[str, object], int]:
    from ansinh.places.models import Unit
    from ansinh.population import queries
    from ansinh.population.actions.answers import take_answers
    from ansinh.population.actions.rounds import prepare_round
    from ansinh.population.models import Member, Round
    from ansinh.staff.scope import limit_to

    with transaction.atomic():
        limit_to(unit_ids=[unit_id])
        started = time.perf_counter()
        made = prepare_round(unit=Unit.objects.get(pk=unit_id), due_on=DUE, by=None, at=AT, on=ON)
        prepared = time.perf_counter() - started
        Round.objects.filter(pk=made.pk).update(state="handed_over")
        members = list(
            Member.objects.filter(round=made).order_by("position").values_list("reference", "person__name")
        )
        given = list(invented(members))
    with transaction.atomic():
        limit_to(unit_ids=[unit_id])
        started = time.perf_counter()
        taken = take_answers(round_id=made.pk, given=given, source="file", by=None, at=AT, on=ON)
        seconds = time.perf_counter() - started
    assert taken.added == len(given)
    assert taken.refused == []
    with transaction.atomic(), connection.cursor() as cursor:
        limit_to(unit_ids=[unit_id])
        started = time.perf_counter()
        lines = len(queries.differences(round_id=made.pk))
        listed = time.perf_counter() - started
        started = time.perf_counter()
        cursor.execute("SELECT count(*) FROM population_standing WHERE blocks")
        held = cursor.fetchone()
        standing = time.perf_counter() - started
    figures: dict[str, object] = {
        "prepare_seconds": round(prepared, 2), "seconds": round(seconds, 2),
        "answers_per_second": round(len(given) / seconds), "differences": lines,
        "differences_seconds": round(listed, 2), "held": held[0] if held else 0,
        "standing_seconds": round(standing, 2),
    }  # fmt: skip
    return figures, made.pk


def _copied(owner: psycopg.Connection, table: str, rows: list[bytes]) -> float:
    started = time.perf_counter()
    with owner.transaction(), owner.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write(row)
    return time.perf_counter() - started


def run(*, people: int) -> dict[str, object]:
    """Figures for `people` answers: seconds, answers a second, ratio to both limits."""
    database.ensure_server()
    name = f"ansinh_bench_population_{os.getpid()}"
    database.ensure_database(name)
    try:
        setup.start_django()
        setup.migrate(name=name)
        with database.connect("owner", name=name) as owner:
            unit_id = fill(owner, people)
        connections["default"].settings_dict.update(database.access("app", name=name).django())
        try:
            found, _round = _take(unit_id)
        finally:
            connections.close_all()
        with database.connect("owner", name=name, autocommit=True) as owner:
            owner.execute("CREATE TABLE bench_bare (LIKE population_answer)")
            owner.execute("CREATE TABLE bench_keyed (LIKE population_answer INCLUDING ALL)")
            with owner.cursor().copy("COPY population_answer TO STDOUT") as copy:
                rows = [bytes(each) for each in copy]
            bare, keyed = _copied(owner, "bench_bare", rows), _copied(owner, "bench_keyed", rows)
    finally:
        database.drop_database(name)
    seconds = found["seconds"]
    assert isinstance(seconds, float)
    return {"people": people} | found | {
        "copy_seconds": round(bare, 2), "ratio_to_copy": round(seconds / bare, 1),
        "keyed_copy_seconds": round(keyed, 2), "ratio_to_keyed_copy": round(seconds / keyed, 1),
    }  # fmt: skip
