# SPDX-License-Identifier: MPL-2.0
"""Load the data files that ship with An Sinh: all units in one transaction, a few seconds."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import fold_name

DATA = Path(__file__).resolve().parents[1] / "data"
SOURCE = "vietnamadminunits 1.0.4"


def _rows(*names: str) -> Iterator[dict[str, str]]:
    for name in names:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _range(start: str, end: str) -> str:
    return f"[{start},{end})"


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
    return count


def load_units(*, by: int | None, at: datetime) -> dict[str, int]:
    """Load units, parents, successors, agencies and titles; returns how many of each.

    Does nothing but say so (`{}`) when units are there already: an official list may have been
    imported over them, and it is never overwritten.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ansinh.places.load'))")
        cursor.execute("SELECT EXISTS (SELECT 1 FROM places_unit)")
        if cursor.fetchone()[0]:
            return {}
        units = list(_rows("units.csv", "corrections.csv"))
        counts = {
            "units": _copy(
                "places_unit",
                "key, code, level, kind, name, name_key, sort_key, validity, source",
                (
                    (u["key"], u["code"], u["level"], u["kind"], u["name"], fold_name(u["name"]),
                     sort_key(_proper(u["name"], u["kind"])), _range(u["valid_from"], u["valid_to"]),
                     SOURCE)
                    for u in units
                ),
            )
        }  # fmt: skip
        cursor.execute("SELECT key, id FROM places_unit")
        ids = dict(cursor.fetchall())
        moved = {move["unit"]: (move["before"], move["on"]) for move in _rows("moves.csv")}
        counts["parents"] = _copy(
            "places_unitparent", "unit_id, parent_id, validity", _parents(units, ids, moved)
        )
        links = _rows("successors.csv", "more_successors.csv")
        counts["successors"] = _copy(
            "places_unitsuccessor",
            'old_id, new_id, share, "on"',
            ((ids[link["old"]], ids[link["new"]], link["share"], link["on"]) for link in links),
        )
        for table, first, name in (("agency", "function", "name"), ("signingtitle", "act", "title")):
            rows = _rows("agencies.csv" if table == "agency" else "signing_titles.csv")
            counts[table] = _copy(
                f"places_{table}",
                f"{first}, level, {name}, validity, reference, verified",
                (
                    (row[first], row["level"], row[name], _range(row["valid_from"], row["valid_to"]),
                     row["reference"], row["verified"] == "true")
                    for row in rows
                ),
            )  # fmt: skip
        record(by=by, at=at, act="places.load", subject="units", subject_id=SOURCE, details=dict(counts))
    return counts


def _proper(name: str, kind: str) -> str:
    """The name without its kind: communes sort by it."""
    return name[len(kind) :].strip() if name.lower().startswith(kind) else name


def _parents(
    units: list[dict[str, str]], ids: dict[str, int], moved: dict[str, tuple[str, str]]
) -> Iterator[tuple[int, int, str]]:
    for unit in units:
        if not unit["parent"]:
            continue
        start = unit["valid_from"]
        if unit["key"] in moved:
            before, on = moved[unit["key"]]
            yield ids[unit["key"]], ids[before], _range(start, on)
            start = on
        yield ids[unit["key"]], ids[unit["parent"]], _range(start, unit["valid_to"])


def load_hamlet(*, commune_id: int, name: str, valid_from: date, by: int, at: datetime) -> int:
    """Add a hamlet (thôn, khối phố) to a commune; returns its id. Hamlets have no official code,
    so theirs is made from the commune's key."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT key, code FROM places_unit WHERE id = %s FOR UPDATE", [commune_id])
        key, code = cursor.fetchone()
        cursor.execute("SELECT count(*) + 1 FROM places_unitparent WHERE parent_id = %s", [commune_id])
        number = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO places_unit (key, code, level, kind, name, name_key, sort_key, validity, source)"
            " VALUES (%s, %s, 'hamlet', 'thôn', %s, %s, %s, daterange(%s, NULL), 'commune') RETURNING id",
            [f"{key}/{number}", f"{code}/{number}", name, fold_name(name), sort_key(name), valid_from],
        )
        hamlet_id = int(cursor.fetchone()[0])
        cursor.execute(
            "INSERT INTO places_unitparent (unit_id, parent_id, validity)"
            " VALUES (%s, %s, daterange(%s, NULL))",
            [hamlet_id, commune_id, valid_from],
        )
        record(by=by, at=at, act="places.add_hamlet", subject="unit", subject_id=hamlet_id,
               unit_id=commune_id)  # fmt: skip
    return hamlet_id
