# SPDX-License-Identifier: MPL-2.0
"""Numbers that people read out: a prefix, the year, and the row's own id."""

from __future__ import annotations

from datetime import date

from django.db import connection


def next_number(*, table: str, prefix: str, on: date) -> tuple[int, str]:
    """The id of the next row of a table and its number, `KK-2024-000012`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        pk = int(cursor.fetchone()[0])
    return pk, f"{prefix}-{on.year}-{pk:06d}"
