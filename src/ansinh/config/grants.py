# SPDX-License-Identifier: MPL-2.0
"""What each database role may do with each table, applied after every migration.

A model says so itself where it differs from the rule (`class Grants: app = ("SELECT", "INSERT")`):
append-only tables are append-only by grant, not by good manners (reliability L3).
"""

from __future__ import annotations

import psycopg
from django.apps import apps
from psycopg import sql

EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
READ_ONLY_TABLES = ("django_migrations",)
JOB_TABLES = (  # procrastinate's models are not managed by Django
    "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers",
)  # fmt: skip


def wanted() -> dict[str, dict[str, tuple[str, ...]]]:
    """table name -> role -> privileges, for every table that a model declares."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        said = getattr(model, "Grants", None)
        found[model._meta.db_table] = {
            "ansinh_app": getattr(said, "app", EVERYTHING),
            "ansinh_seal": getattr(said, "seal", ()),
        }
    for table in JOB_TABLES:
        found[table] = {"ansinh_app": EVERYTHING, "ansinh_seal": ()}
    for table in READ_ONLY_TABLES:
        found[table] = {"ansinh_app": ("SELECT",), "ansinh_seal": ()}
    return found


def apply(owner: psycopg.Connection) -> None:
    """Give each role what it may do and take away the rest, in one transaction."""
    with owner.transaction():
        for table, roles in wanted().items():
            for role, privileges in roles.items():
                names = (sql.Identifier(table), sql.Identifier(role))
                owner.execute(sql.SQL("REVOKE ALL ON TABLE {} FROM {}").format(*names))
                if privileges:
                    given = sql.SQL(", ").join(sql.SQL(word) for word in privileges)
                    owner.execute(sql.SQL("GRANT {} ON TABLE {} TO {}").format(given, *names))
                if "INSERT" in privileges:
                    _grant_sequences(owner, table, role)


def _grant_sequences(owner: psycopg.Connection, table: str, role: str) -> None:
    rows = owner.execute(
        "SELECT pg_get_serial_sequence(quote_ident(%s), attname) FROM pg_attribute"
        " WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped",
        [table, table],
    ).fetchall()
    for (sequence,) in rows:
        if sequence:
            grant = sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}")
            name = sql.Identifier(*sequence.split("."))
            owner.execute(grant.format(name, sql.Identifier(role)))
