# SPDX-License-Identifier: MPL-2.0
"""How to reach PostgreSQL, as whom, on the embedded server or on yours.

Three roles, so that the running application can neither change the schema nor rewrite history:

    ansinh_owner  owns the tables and runs migrations; never serves a request
    ansinh_app    the web process and the worker: reads and writes rows, appends to the logs
    ansinh_seal   the audit sealer: reads events, appends seals

`DATABASE_URL` points at a real server instead of the embedded one. With `DATABASE_OWNER_URL` and
`DATABASE_SEAL_URL` beside it (production) each role signs in as itself. Alone (trying out, tests)
it must be allowed to create roles: the three are made and taken on with SET ROLE.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from ansinh.config import embedded, home

Role = Literal["admin", "owner", "app", "seal"]
ROLES: tuple[str, ...] = ("ansinh_owner", "ansinh_app", "ansinh_seal")
DEFAULT_NAME = "ansinh"


@dataclass(frozen=True, slots=True)
class Access:
    """One way into one database."""

    host: str
    port: str
    user: str
    password: str
    name: str
    set_role: str | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def conninfo(self) -> dict[str, str]:
        """Keyword arguments for `psycopg.connect`."""
        found = {"host": self.host, "user": self.user, "password": self.password}
        found |= {"dbname": self.name, "connect_timeout": "10", **dict(self.extra)}
        if self.port:
            found["port"] = self.port
        if self.set_role:
            found["options"] = f"-c role={self.set_role}"
        return found

    def django(self) -> dict[str, object]:
        """A Django DATABASES entry."""
        options: dict[str, object] = {"connect_timeout": 10, **dict(self.extra)}
        if self.set_role:
            options["options"] = f"-c role={self.set_role}"
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "USER": self.user,
            "PASSWORD": self.password,
            "NAME": self.name,
            "OPTIONS": options,
            "CONN_HEALTH_CHECKS": True,
        }


class BadDatabaseUrlError(Exception):
    """DATABASE_URL cannot be read; the message says what is expected."""


def from_url(url: str) -> Access:
    """Read `postgresql://user:password@host:port/name?sslmode=…`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadDatabaseUrlError("DATABASE_URL: postgresql://user:password@host:port/name")
    extra = dict(parse_qsl(parts.query))
    host = extra.pop("host", None) or unquote(parts.hostname or "")
    return Access(
        host=host,
        port=str(parts.port or extra.pop("port", "")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        name=unquote(parts.path.strip("/")),
        extra=tuple(sorted(extra.items())),
    )


def is_embedded() -> bool:
    """Whether the embedded server is used (no DATABASE_URL)."""
    return not os.environ.get("DATABASE_URL")


def database_name() -> str:
    """The database in use: the URL's, else `ANSINH_DATABASE` (tests, benchmarks), else ours."""
    named = os.environ.get("ANSINH_DATABASE")
    if named:
        return named
    return DEFAULT_NAME if is_embedded() else from_url(os.environ["DATABASE_URL"]).name


def access(role: Role, *, name: str | None = None) -> Access:
    """How `role` reaches the database `name` (default: the one in use)."""
    wanted = name or database_name()
    if is_embedded():
        user = embedded.SUPERUSER if role == "admin" else f"ansinh_{role}"
        secret = home.secret("database-superuser" if role == "admin" else f"database-{role}")
        return Access(str(embedded.socket_path()), "", user, secret, wanted)
    own_url = {"owner": "DATABASE_OWNER_URL", "seal": "DATABASE_SEAL_URL"}.get(role)
    if own_url and os.environ.get(own_url):
        return replace(from_url(os.environ[own_url]), name=wanted)
    found = replace(from_url(os.environ["DATABASE_URL"]), name=wanted)
    separate = bool(os.environ.get("DATABASE_OWNER_URL"))
    if role == "admin" or (role == "app" and separate):
        return found
    return replace(found, set_role=f"ansinh_{role}")


def connect(role: Role, *, name: str | None = None, autocommit: bool = False) -> psycopg.Connection:
    """A plain psycopg connection as `role`."""
    target = access(role, name=name).conninfo()
    return psycopg.connect(**target, autocommit=autocommit)  # type: ignore[arg-type]


def ensure_server() -> None:
    """Start the embedded server if that is what we use."""
    if is_embedded():
        embedded.ensure_running()


def ensure_roles(admin: psycopg.Connection) -> None:
    """Make the three roles (embedded server, or DATABASE_URL alone)."""
    for role in ROLES:
        found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        name = sql.Identifier(role)
        if is_embedded():
            password = home.secret(f"database-{role.removeprefix('ansinh_')}")
            verb = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}" if found else
                           "CREATE ROLE {} LOGIN PASSWORD {}")  # fmt: skip
            admin.execute(verb.format(name, sql.Literal(password)))
        elif not found:
            admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
        if not is_embedded():
            admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))


def ensure_database(name: str) -> bool:
    """Make roles and the database `name`, owned by ansinh_owner; True when it was made now."""
    if os.environ.get("DATABASE_OWNER_URL"):
        return False  # production: the administrator made both
    with connect("admin", name=maintenance_name(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext('ansinh.ensure_database'))")
        ensure_roles(admin)
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _give_schema_to_owner(name)
            return False
        create = sql.SQL("CREATE DATABASE {} OWNER ansinh_owner TEMPLATE template0")
        admin.execute(create.format(sql.Identifier(name)))
    _give_schema_to_owner(name)
    return True


def _give_schema_to_owner(name: str) -> None:
    with connect("admin", name=name, autocommit=True) as admin:
        schema = sql.Identifier(admin.execute("SELECT current_schema()").fetchone()[0])  # type: ignore[index]
        admin.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO ansinh_owner").format(schema))
        for role in ("ansinh_app", "ansinh_seal"):
            admin.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, sql.Identifier(role)))


def clone_database(template: str, name: str) -> None:
    """Copy database `template` to `name` (tests, benchmarks), an installation of its own; nobody may be
    connected to the template."""
    with connect("admin", name=maintenance_name(), autocommit=True) as admin:
        copy = sql.SQL("CREATE DATABASE {} OWNER ansinh_owner TEMPLATE {}")
        admin.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
    with connect("admin", name=name, autocommit=True) as copied:
        if copied.execute("SELECT to_regclass('disbursement_installation')").fetchone() != (None,):
            copied.execute("UPDATE disbursement_installation SET mark = gen_random_uuid()")


def drop_database(name: str) -> None:
    """Drop database `name`, ending its connections."""
    with connect("admin", name=maintenance_name(), autocommit=True) as admin:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        admin.execute(drop.format(sql.Identifier(name)))


def maintenance_name() -> str:
    """A database to connect to while making or dropping another."""
    return "postgres" if is_embedded() else from_url(os.environ["DATABASE_URL"]).name
