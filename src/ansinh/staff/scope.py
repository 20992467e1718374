# SPDX-License-Identifier: MPL-2.0
"""The second wall: rows of personal data are seen only in the transaction's scope (security.md B6).

Every such table carries `commune_id` and a row-level policy made by `row_security_sql`. A
transaction says whose rows it works on: `limit_to` for an officer, `open_to_all` for a system act.
Nothing set means nothing seen. The owner of the tables (migrations, the functions that look across
communes) is not bound; the application's role never owns a table (`ansinh check production`).

A scope carries a proof: HMAC-SHA-256 over the scope and the start of the transaction, under a key
that this process derives from its key file and that the application's role cannot read in the
database. SQL that got in through a hole may run SET, but has no proof for another scope; a proof seen
elsewhere is of another transaction (security.md B6). A scope without its proof is refused loudly.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg
from django.db import connection

from ansinh.vault.sealing import blind_index

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

# `staff_scopekey` holds the two padded halves of the HMAC key (RFC 2104); one row, of the owner alone.
# The functions look nowhere but in this schema: a table of that name among a session's temporary ones
# would bring its own key.
PROVEN = """
CREATE TABLE staff_scopekey (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    inner_key bytea NOT NULL,
    outer_key bytea NOT NULL);
CREATE FUNCTION staff_scope_proven() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
AS $proven$
DECLARE
    said CONSTANT text := coalesce(current_setting('ansinh.scope', true), '');
    scope CONSTANT text := split_part(said, '|', 1);
    begun CONSTANT bigint := extract(epoch FROM transaction_timestamp()) * 1000000;
    held record;
BEGIN
    IF said = '' THEN
        RETURN '';
    END IF;
    SELECT inner_key, outer_key INTO held FROM staff_scopekey;
    IF split_part(said, '|', 2) = encode(sha256(held.outer_key || sha256(
            held.inner_key || convert_to(scope || '|' || begun, 'UTF8'))), 'hex') THEN
        RETURN scope;
    END IF;
    RAISE EXCEPTION 'the scope has no proof of this transaction' USING ERRCODE = 'insufficient_privilege',
        HINT = 'The key file and the database belong to two installations? Run ansinh migrate.';
END
$proven$;
CREATE OR REPLACE FUNCTION staff_scope_is_all() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $scope$
BEGIN
    RETURN staff_scope_proven() = '*';
END
$scope$;
CREATE OR REPLACE FUNCTION staff_scope_units() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $scope$
DECLARE
    scope CONSTANT text := staff_scope_proven();
BEGIN
    RETURN CASE WHEN scope IN ('', '*') THEN '{}' ELSE scope END::bigint[];
END
$scope$;
DO $only_here$
BEGIN
    EXECUTE format('ALTER FUNCTION staff_scope_proven() SET search_path = pg_catalog, %I, pg_temp',
                   current_schema());
END
$only_here$;
"""
DROP_PROVEN = (
    FUNCTIONS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + "DROP FUNCTION staff_scope_proven(); DROP TABLE staff_scopekey;"
)
KEEP_KEY = """
INSERT INTO staff_scopekey (inner_key, outer_key) VALUES (%s, %s)
ON CONFLICT (only_row) DO UPDATE SET inner_key = excluded.inner_key, outer_key = excluded.outer_key
WHERE (staff_scopekey.inner_key, staff_scopekey.outer_key) <> (excluded.inner_key, excluded.outer_key)
"""
_KEY = "staff.scope"  # what the key of proofs is derived for
_BLOCK = 64  # of SHA-256


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


def _key() -> bytes:
    return blind_index(column=_KEY, text="proof")


def keep_key(*, owner: psycopg.Connection[Any]) -> None:
    """Give the database the key that proofs are checked with; after every migration, as the owner."""
    key = _key().ljust(_BLOCK, b"\0")
    owner.execute(KEEP_KEY, [bytes(each ^ 0x36 for each in key), bytes(each ^ 0x5C for each in key)])


class Cursor(Protocol):
    """Of Django or of psycopg."""

    def execute(self, sql: Any, /) -> Any: ...

    def fetchone(self) -> Any: ...


def declare(*, cursor: Cursor, scope: str) -> None:
    """Set the scope of the transaction that a cursor is in, with its proof: `ALL`, or units as
    PostgreSQL writes an array."""
    cursor.execute("SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint")
    text = f"{scope}|{int(cursor.fetchone()[0])}"
    proof = hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()
    literal = f"{scope}|{proof}".replace("'", "''")
    cursor.execute(f"SET LOCAL ansinh.scope = '{literal}'")


def _set(value: str) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransactionError("a scope is set inside a transaction")
    with connection.cursor() as cursor:
        if value:
            declare(cursor=cursor, scope=value)
        else:
            cursor.execute("SET LOCAL ansinh.scope = ''")


def limit_to(*, unit_ids: Iterable[int]) -> None:
    """See and write rows of these units only, until the transaction ends."""
    _set(units_scope(unit_ids))


def units_scope(unit_ids: Iterable[int]) -> str:
    """The scope of some units, as it is set."""
    return "{" + ",".join(str(int(unit)) for unit in sorted(unit_ids)) + "}"


def open_to_all() -> None:
    """See and write every row until the transaction ends: system acts and officers of the whole
    province."""
    _set(ALL)


def current() -> str:
    """The scope as it is set now, without its proof."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(coalesce(current_setting('ansinh.scope', true), ''), '|', 1)")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@contextmanager
def opened_to_all() -> Iterator[None]:
    """Look or reach across communes for one step (a move, a duplicate elsewhere), then go back."""
    before = current()
    open_to_all()
    yield
    _set(before)
