# SPDX-License-Identifier: MPL-2.0
"""Bring Django and the database up, as far as a command needs them."""

from __future__ import annotations

import hashlib
import inspect
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from ansinh.config import database, grants
from ansinh.staff.scope import keep_key

PACKAGE = Path(__file__).resolve().parent.parent
# Migrations write triggers and policies from these; a change in one shapes the schema without a new file.
READ_BY_MIGRATIONS = ("*/lifecycles.py", "staff/scope.py", "rules/payments.py", "rules/postings.py")


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
            keep_key(owner=owner)
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


def migration_marks() -> dict[str, str]:
    """Each migration with a hash of its file: what a database with these applied was made of."""
    found = MigrationLoader(None).disk_migrations
    marks = {f"{app}.{name}": _hash(Path(inspect.getfile(type(one)))) for (app, name), one in found.items()}
    return marks | {"read by migrations": _hash(*_matching(*READ_BY_MIGRATIONS))}


def schema_mark() -> str:
    """A hash of everything that shapes the schema: migrations, grants and models' declarations. SQL files
    of the stages are asked, not installed, so they are not in it."""
    declared = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "config/grants.py", "config/settings.py")
    return _hash(*_matching(*declared, *READ_BY_MIGRATIONS), PACKAGE.parent.parent / "requirements.txt")


def _matching(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in PACKAGE.glob(pattern))


def _hash(*files: Path) -> str:
    mark = hashlib.sha256()
    for file in files:
        mark.update(file.name.encode() + file.read_bytes())
    return mark.hexdigest()[:16]
