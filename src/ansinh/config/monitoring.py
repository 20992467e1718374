# SPDX-License-Identifier: MPL-2.0
"""What a machine asks: is this process ready, and how is the house. No name, no amount, no unit.

`/san-sang/` is for the proxy in front: 200 when pages can be served and work gets done, else 503 with the
checks that failed. `/do-luong/` is for a collector of figures (Prometheus' text format), behind a token.
"""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from ansinh.background.queue import is_served
from ansinh.staff.scope import open_to_all
from ansinh.statements import statement
from ansinh.ui.access import public
from ansinh.vault import keys

LEAST_DISK_BYTES: Final = 1_000_000_000
SCHEME = "Bearer "


def readiness(*, now: datetime) -> dict[str, bool]:
    """Each thing that must hold before pages are served, by name."""
    checks: dict[str, Callable[[], bool]] = {
        "schema": lambda: not _waiting_migrations(),
        "worker": lambda: is_served(now=now),
        "keys": lambda: bool(keys.ring("encryption").current),
        "disk": lambda: shutil.disk_usage(Path(settings.FILE_STORE_FOLDER)).free > LEAST_DISK_BYTES,
    }
    found = {"database": _database_answers()}
    for name, holds in checks.items():
        found[name] = found["database"] and _holds(holds)
    return found


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError, keys.KeysMissingError):
        return False


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _waiting_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class House:
    """The figures, asked of the database when somebody collects them."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One family for each row group of sql/house.sql, and the readiness checks."""
        ready = GaugeMetricFamily("ansinh_ready", "1 when the check holds", labels=["check"])
        for name, holds in readiness(now=self.now).items():
            ready.add_metric([name], int(holds))
        yield ready
        families: dict[str, GaugeMetricFamily] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            open_to_all()  # counts over all units; no row leaves
            cursor.execute(statement("config", "house"), {"now": self.now})
            for name, says, label, value in cursor.fetchall():
                family = families.get(name)
                if family is None:
                    labels = ["of"] if label is not None else []
                    family = families[name] = GaugeMetricFamily(f"ansinh_{name}", says, labels=labels)
                family.add_metric([label] if label is not None else [], float(value))
        yield from families.values()


@public
@require_GET
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served and work gets done, else 503; with each check by name."""
    checks = readiness(now=timezone.now())
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


@public
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text format, for who shows the token of ANSINH_METRICS_TOKEN."""
    shown = request.headers.get("Authorization", "").removeprefix(SCHEME)
    if not settings.METRICS_TOKEN or not hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(House(now=timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
