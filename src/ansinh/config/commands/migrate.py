# SPDX-License-Identifier: MPL-2.0
"""`ansinh migrate` and, for developers, `ansinh makemigrations`."""

from __future__ import annotations

import os

import click
from django.core.management import call_command

from ansinh.config import database, setup
from ansinh.ui.console import emit


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def migrate(*, as_json: bool) -> None:
    """Bring the schema up to date and apply the grants, as the owning role."""
    database.ensure_database(database.database_name())
    setup.start_django()
    applied = setup.migrate()
    text = "\n".join(applied) or "Lược đồ đã mới nhất. / The schema is up to date."
    emit({"applied": applied}, text, as_json=as_json)


@click.command()
@click.argument("packages", nargs=-1)
@click.option("--check", is_flag=True, help="Only say whether a migration is missing (exit 1).")
@click.option("--name", help="Name of the migration file.")
@click.option("--empty", is_flag=True, help="Write an empty migration.")
def makemigrations(*, packages: tuple[str, ...], check: bool, name: str | None, empty: bool) -> None:
    """Write the migrations that the models ask for."""
    os.environ["ANSINH_DATABASE_ROLE"] = "owner"
    database.ensure_database(database.database_name())
    setup.start_django()
    call_command("makemigrations", *packages, check_changes=check, name=name, empty=empty)
