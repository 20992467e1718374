# SPDX-License-Identifier: MPL-2.0
"""A proxy learns whether to send people here; a collector learns figures, never people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateWorker
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from ansinh.audit.actions import record
from ansinh.config import monitoring
from ansinh.vault import keys

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 3, 31, 17, 0, tzinfo=UTC)
TOKEN = "chỉ để thử"


@pytest.fixture
def alive(settings: Settings, tmp_path: Path) -> None:
    """Keys of our own and a worker that has just said it lives."""
    settings.FIELD_KEYS_FOLDER = tmp_path
    keys.make()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [NOW])


def test_everything_holds(alive: None) -> None:
    checks = monitoring.readiness(now=NOW)
    assert set(checks) == {"database", "schema", "worker", "keys", "disk"}
    assert all(checks.values())


def test_a_silent_worker_is_not_ready(alive: None, client: Client) -> None:
    ProcrastinateWorker.objects.filter(last_heartbeat=NOW).exists()
    assert monitoring.readiness(now=NOW + timedelta(minutes=5))["worker"] is False
    answer = client.get("/san-sang/")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


def test_missing_keys_are_not_ready(alive: None, settings: Settings, tmp_path: Path) -> None:
    settings.MODE = "production"  # trial mode makes a ring by itself
    settings.FIELD_KEYS_FOLDER = tmp_path / "nowhere"
    assert monitoring.readiness(now=NOW)["keys"] is False


def test_a_schema_that_waits_for_its_migration_is_not_ready(alive: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert monitoring.readiness(now=NOW)["schema"] is True
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setattr(monitoring.MigrationExecutor, "migration_plan", lambda _self, _targets: ["0002_new"])
        assert monitoring.readiness(now=NOW)["schema"] is False


def test_a_full_disk_is_not_ready(alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitoring, "LEAST_DISK_BYTES", 10**18)
    assert monitoring.readiness(now=NOW)["disk"] is False


def figures(client: Client) -> dict[tuple[str, str], int]:
    answer = client.get("/do-luong/", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, "".join(sample.labels.values())): int(sample.value)
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_figures_are_for_who_shows_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/do-luong/").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/do-luong/", headers={"authorization": "Bearer khác"}).status_code == 404
    found = figures(client)
    assert found["ansinh_ready", "database"] == 1
    assert found["ansinh_ready", "worker"] == 0
    assert found["ansinh_payment_cases", ""] == 0
    assert found["ansinh_database_bytes", ""] > 0


def test_the_log_and_the_backup_have_an_age(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert ("ansinh_backup_seconds", "") not in figures(client)
    long_ago = datetime.now(UTC) - timedelta(hours=30)
    record(by=None, at=long_ago, act="house.backup", subject="backup", subject_id="ansinh-1")
    found = figures(client)
    assert 30 * 3600 <= found["ansinh_backup_seconds", ""] < 31 * 3600
    assert found["ansinh_unsealed_seconds", ""] >= 30 * 3600
