# SPDX-License-Identifier: MPL-2.0
"""The second wall: rows of personal data are seen only in the transaction's scope (security.md B6).

Every such table carries `commune_id` and a row-level policy made by `row_security_sql`. A
transaction says whose rows it works on: `limit_to` for an officer, `open_to_all` for a system act.
Nothing set means nothing seen. The owner of the tables (migrations, the functions that look across
communes) is not bound; the application's role never owns a table (`ansinh check production`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

ALL = "*"

FUNCTIONS = """
CREATE FUNCTION staff_scope_is_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $scope$
    SELECT coalesce(current_setting('ansinh.scope', true), '') = '*'
$scope$;
CREATE FUNCTION staff_scope_units() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $scope$
    SELECT CASE WHEN coalesce(current_setting('ansinh.scope', true), '') IN ('', '*') THEN '{}'::bigint[]
        ELSE current_setting('ansinh.scope')::bigint[] END
$scope$;
"""
DROP_FUNCTIONS = "DROP FUNCTION staff_scope_is_all(); DROP FUNCTION staff_scope_units();"


class OutsideTransactionError(Exception):
    """A scope holds for a transaction; there was none."""


def row_security_sql(table: str, column: str = "commune_id") -> str:
    """The policy of a table of personal data. The functions stand in sub-selects, so that they run
    once a statement and not once a row."""
    inside = f"(SELECT staff_scope_is_all()) OR {column} = ANY ((SELECT staff_scope_units())::bigint[])"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {table}_scope ON {table} USING ({inside}) WITH CHECK ({inside});
"""


def drop_row_security_sql(table: str) -> str:
    """Undoes `row_security_sql`."""
    return f"DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def _set(value: str) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransactionError("a scope is set inside a transaction")
    literal = value.replace("'", "''")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ansinh.scope = '{literal}'")


def limit_to(*, unit_ids: Iterable[int]) -> None:
    """See and write rows of these units only, until the transaction ends."""
    _set("{" + ",".join(str(int(unit)) for unit in sorted(unit_ids)) + "}")


def open_to_all() -> None:
    """See and write every row until the transaction ends: system acts and officers of the whole
    province."""
    _set(ALL)


def current() -> str:
    """The scope as it is set now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('ansinh.scope', true), '')")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@contextmanager
def opened_to_all() -> Iterator[None]:
    """Look or reach across communes for one step (a move, a duplicate elsewhere), then go back."""
    before = current()
    open_to_all()
    yield
    _set(before)
