# SPDX-License-Identifier: MPL-2.0
"""The test databases: one template per schema, migrated and with the country's units, copied for each
worker in a moment.

Tests run as ansinh_app, the role that serves requests, so a missing grant or policy shows here.
`db` wraps a test in a transaction. `committed_database` gives a database of its own to tests with
threads, processes or real commits (ansinh_app may not TRUNCATE, and should not).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import psycopg.sql
import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from ansinh.config import database, setup

setup.start_django()

from ansinh.demo.officers import make_officers  # noqa: E402 - models need Django first
from ansinh.demo.steps import COMMUNE, PROVINCE  # noqa: E402
from ansinh.places.actions import load_units  # noqa: E402
from ansinh.places.models import Unit  # noqa: E402
from ansinh.places.queries import unit_on  # noqa: E402
from ansinh.staff.models import Officer  # noqa: E402

OLDER_TEMPLATES = """
SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
WHERE datname LIKE 'ansinh\\_template\\_%' AND datistemplate
"""


def pytest_configure() -> None:
    database.ensure_server()


@pytest.fixture(autouse=True)
def _quick_settings(settings: Settings, tmp_path: Path) -> None:
    """Argon2 is slow on purpose, static files need no collecting here; the browser tests run the
    real server with both as they are."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.FILE_STORE_FOLDER = tmp_path  # what is noted beside the database outlives a rolled-back test
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def template_database() -> str:
    """The migrated template database of this schema, made once and kept for later runs. When an older
    one holds a part of these migrations unchanged, only the others are applied to a copy of it."""
    name = f"ansinh_template_{setup.schema_mark()}"
    with database.connect("admin", name=database.maintenance_name(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext('ansinh.test_template'))")
        marked = admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]
        ).fetchone()
        if not marked:
            make_template(admin, name)
    return name


def make_template(admin: psycopg.Connection, name: str) -> None:
    database.drop_database(name)  # one that was cut short
    wanted = setup.migration_marks()
    older = dict(admin.execute(OLDER_TEMPLATES).fetchall())
    parts = [old for old, note in older.items() if note and json.loads(note).items() <= wanted.items()]
    if parts:
        database.clone_database(parts[0], name)
    for stale in older:
        admin.execute(f'ALTER DATABASE "{stale}" IS_TEMPLATE false')
        database.drop_database(stale)
    database.ensure_database(name)
    setup.migrate(name=name)
    serve_from(name)
    if not parts:
        load_units(by=None, at=datetime(2024, 3, 1, tzinfo=UTC))
    connection.close()
    note = psycopg.sql.SQL("COMMENT ON DATABASE {} IS {}")
    admin.execute(note.format(psycopg.sql.Identifier(name), json.dumps(wanted)))
    admin.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')


def serve_from(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict.update(database.access("app", name=name).django())
    os.environ["ANSINH_DATABASE"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """A copy of the template for this worker; dropped at the end."""
    name = f"ansinh_test_{os.getpid()}_{worker_id}"
    with django_db_blocker.unblock():
        template = template_database()
        database.clone_database(template, name)
        serve_from(name)
        yield name
        connection.close()
        database.drop_database(name)


@pytest.fixture
def committed_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An empty migrated database of its own, where commits are real."""
    name = f"{django_db_setup}_own"
    with django_db_blocker.unblock():
        database.clone_database(template_database(), name)
        serve_from(name)
        try:
            yield name
        finally:
            connections.close_all()
            serve_from(django_db_setup)
            database.drop_database(name)


def units() -> tuple[Unit, Unit]:
    """(commune, province) where the invented officers work."""
    on = date(2024, 3, 1)
    return unit_on(code=COMMUNE, on=on), unit_on(code=PROVINCE, on=on)


@pytest.fixture
def cast(db: None) -> dict[str, Officer]:
    """The invented officers by user name, one a role."""
    return make_cast()


def make_cast() -> dict[str, Officer]:
    """The same, for tests with a database of their own."""
    commune, province = units()
    at = datetime(2024, 3, 1, tzinfo=UTC)
    make_officers(commune=commune, province=province, valid_from=date(2024, 3, 1), at=at)
    return {officer.username: officer for officer in Officer.objects.all()}
