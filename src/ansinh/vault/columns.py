# SPDX-License-Identifier: MPL-2.0
"""Which columns hold sealed values: the list that key rotation walks.

A stage registers its columns when it starts; a test finds every `*_enc` column that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from ansinh.vault import keys, sealing

CHUNK = 5_000  # rows re-sealed in one transaction: short locks, easy to resume


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A sealed column `table.enc`; `name` is what its values are bound to. A snapshot that keeps a
    value as another table sealed it has that table's `name`."""

    name: str
    table: str
    enc: str
    key: str = "id"


_COLUMNS: dict[str, SealedColumn] = {}


def register(column: SealedColumn) -> None:
    """Add a column to those that rotation walks."""
    _COLUMNS[f"{column.table}.{column.enc}"] = column


def registered() -> tuple[SealedColumn, ...]:
    """Every registered column."""
    return tuple(_COLUMNS.values())


def counts() -> dict[str, dict[str, int]]:
    """column -> key id -> number of values sealed with it."""
    found: dict[str, dict[str, int]] = {}
    for column in registered():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT split_part(encode({column.enc}, 'escape'), ':', 1), count(*)"  # noqa: S608
                f" FROM {column.table} WHERE {column.enc} IS NOT NULL GROUP BY 1"
            )
            for key, count in cursor.fetchall():
                of_name = found.setdefault(column.name, {})
                of_name[str(key)] = of_name.get(str(key), 0) + int(count)
    return found


def reseal() -> Iterator[int]:
    """Seal every value again that is not under the current key; yields how many after each chunk.
    Can be stopped and run again at any time: what is done is done."""
    current = keys.ring("encryption").current
    for column in registered():
        while done := _reseal_chunk(column, current):
            yield done


def _reseal_chunk(column: SealedColumn, current: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column.key}, {column.enc} FROM {column.table}"  # noqa: S608
            f" WHERE {column.enc} IS NOT NULL"
            f" AND split_part(encode({column.enc}, 'escape'), ':', 1) <> %s"
            f" ORDER BY {column.key} LIMIT {CHUNK} FOR UPDATE",
            [current],
        )
        rows = cursor.fetchall()
        opened = sealing.open_many(column=column.name, sealed=[row[1] for row in rows])
        sealed = sealing.seal_many(column=column.name, texts=opened)
        cursor.execute(
            f"UPDATE {column.table} AS old SET {column.enc} = new.sealed"  # noqa: S608
            f" FROM unnest(%s::bigint[], %s::bytea[]) AS new (id, sealed) WHERE old.{column.key} = new.id",
            [[row[0] for row in rows], sealed],
        )
    return len(rows)
