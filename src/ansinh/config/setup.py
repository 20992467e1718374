# SPDX-License-Identifier: MPL-2.0
"""Bring Django and the database up, as far as a command needs them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ansinh.config import database, grants

PACKAGE = Path(__file__).resolve().parent.parent


def start_django() -> None:
    """Settings and apps; touches no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    django.setup()


def migrate(*, name: str | None = None) -> list[str]:
    """Bring the schema of database `name` up to date as ansinh_owner, then apply the grants.

    Returns the migrations applied. Django's default connection is the owner's only in here.
    """
    serving = connections["default"]
    serving.close()
    before = dict(serving.settings_dict)
    owned = database.access("owner", name=name)
    serving.settings_dict.update(owned.django())
    try:
        executor = MigrationExecutor(serving)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", verbosity=0, interactive=False)
        with database.connect("owner", name=name) as owner:
            grants.apply(owner)
        return [str(migration) for migration, _backwards in plan]
    finally:
        serving.close()
        serving.settings_dict.clear()
        serving.settings_dict.update(before)


def ready() -> None:
    """Server running, database made and migrated, Django up: what most commands begin with."""
    database.ensure_server()
    database.ensure_database(database.database_name())
    start_django()
    if not os.environ.get("DATABASE_OWNER_URL"):
        migrate()
    assert settings.configured


def schema_mark() -> str:
    """A hash of everything that shapes the schema: migrations, grants and models' declarations."""
    mark = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "*/migrations/*.sql", "*/sql/*.sql", "*/models.py", "*/models/*.py",
                    "config/grants.py", "config/settings.py"):  # fmt: skip
        for path in sorted(PACKAGE.glob(pattern)):
            mark.update(path.name.encode() + path.read_bytes())
    mark.update((PACKAGE.parent.parent / "requirements.txt").read_bytes())
    return mark.hexdigest()[:16]
