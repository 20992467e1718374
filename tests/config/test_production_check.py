# SPDX-License-Identifier: MPL-2.0
"""The start-up self-check refuses loose ground and says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from pytest_django.fixtures import Settings

from ansinh.config import database, production

pytestmark = pytest.mark.django_db


def by_name(name: str) -> production.Finding:
    return next(finding for finding in production.findings() if finding.name == name)


@pytest.fixture(autouse=True)
def _on_the_test_database(django_db_setup: str) -> None:
    """The checks open their own connection, to the worker's database."""


@pytest.mark.parametrize(
    "name",
    ["fsync on", "full_page_writes on", "synchronous_commit on", "role is no superuser",
     "role keeps row security", "role owns no table", "clock sane"],
)  # fmt: skip
def test_our_own_server_and_role_pass(name: str) -> None:
    # DATABASE_URL alone signs in as an administrator and takes the role on: good for trying out,
    # and rightly refused for production.
    borrowed = not database.is_embedded() and name in {"role is no superuser", "role owns no table"}
    assert by_name(name).passed is not borrowed


def test_debug_pages_are_refused(settings: Settings) -> None:
    settings.DEBUG = True
    finding = by_name("DEBUG off")
    assert not finding.passed
    assert "ANSINH_DEBUG" in finding.vi


@pytest.mark.parametrize("role", ["admin", "owner"])
def test_a_role_that_could_rewrite_history_is_refused(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = database.connect
    monkeypatch.setattr(production.database, "connect", lambda _role: real(role))  # type: ignore[arg-type]
    assert not by_name("role owns no table").passed
    if role == "admin":
        assert not by_name("role is no superuser").passed


def test_a_server_that_may_lose_payments_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = database.connect

    def careless(role: database.Role) -> psycopg.Connection:
        connection = real(role)
        connection.execute("SET synchronous_commit = off")
        return connection

    monkeypatch.setattr(production.database, "connect", careless)
    finding = by_name("synchronous_commit on")
    assert not finding.passed
    assert "postgresql.conf" in finding.vi


def test_a_clock_that_is_wrong_is_refused() -> None:
    with database.connect("app") as connection:
        finding = production._clock(connection, now=datetime(2023, 1, 1, tzinfo=UTC))
    assert not finding.passed
    assert "NTP" in finding.vi


def test_production_refuses_to_start_and_names_each_reason(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("ANSINH_MODE", "production")
    settings.DEBUG = True
    with pytest.raises(production.RefusedToStartError, match="ANSINH_DEBUG"):
        production.require()


def test_a_trial_starts_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSINH_MODE", "trial")
    production.require()
