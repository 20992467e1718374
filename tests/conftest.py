# SPDX-License-Identifier: MPL-2.0
"""The test databases: one migrated template per schema, copied for each worker in a moment.

Tests run as ansinh_app, the role that serves requests, so a missing grant or policy shows here.
`db` wraps a test in a transaction. `committed_database` gives a database of its own to tests with
threads, processes or real commits (ansinh_app may not TRUNCATE, and should not).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from ansinh.config import database, setup


def pytest_configure() -> None:
    database.ensure_server()


def _template() -> str:
    """The migrated template database of this schema, made once and kept for later runs."""
    name = f"ansinh_template_{setup.schema_mark()}"
    with database.connect("admin", name=database._maintenance(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext('ansinh.test_template'))")
        marked = admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]
        ).fetchone()
        if not marked:
            old = admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'ansinh\\_template\\_%'"
            ).fetchall()
            for (stale,) in old:
                admin.execute(f'ALTER DATABASE "{stale}" IS_TEMPLATE false')
                database.drop_database(stale)
            database.ensure_database(name)
            setup.migrate(name=name)
            admin.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
    return name


def _serve_from(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict.update(database.access("app", name=name).django())
    os.environ["ANSINH_DATABASE"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """A copy of the template for this worker; dropped at the end."""
    name = f"ansinh_test_{os.getpid()}_{worker_id}"
    with django_db_blocker.unblock():
        template = _template()
        database.clone_database(template, name)
        _serve_from(name)
        yield name
        connection.close()
        database.drop_database(name)


@pytest.fixture
def committed_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An empty migrated database of its own, where commits are real."""
    name = f"{django_db_setup}_own"
    with django_db_blocker.unblock():
        database.clone_database(_template(), name)
        _serve_from(name)
        try:
            yield name
        finally:
            connections.close_all()
            _serve_from(django_db_setup)
            database.drop_database(name)
