# SPDX-License-Identifier: MPL-2.0
"""The checkers of lists find nothing after an import, and each finds what breaks its rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ansinh.config import database, worker
from ansinh.config.invariants import check_all, invariants
from ansinh.staff.models import Officer
from tests.hostile.files import xlsx
from tests.registry.test_import_at_once_and_later import PEOPLE, asked, clerk, now, taken_in

__all__ = ["clerk"]  # a fixture
pytestmark = pytest.mark.slow


@contextmanager
def without_guards(admin: psycopg.Connection, *tables: str) -> Iterator[None]:
    """As the superuser, with the triggers, checks and keys of some tables off, and all undone after."""
    with admin.transaction(force_rollback=True):
        admin.execute("SET LOCAL session_replication_role = replica")
        for pattern in tables:
            for table, name in admin.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'u')"
                " AND conrelid <> 0 AND conrelid::regclass::text LIKE %s", [pattern]
            ).fetchall():  # fmt: skip
                admin.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield


BREAKS = {
    "F2": "DELETE FROM registry_importrow WHERE row = (SELECT max(row) FROM registry_importrow)",
    "F3": "INSERT INTO registry_importfile SELECT (jsonb_populate_record(NULL::registry_importfile,"
    " to_jsonb(file) || jsonb_build_object('id', file.id + 1000))).* FROM registry_importfile AS file",
    "F4": "UPDATE registry_importrow SET person_id = NULL",
    "F5": "UPDATE registry_importrow SET sealed = ''",
    "F8": "UPDATE registry_person SET name = ' ' || name",
}


def test_each_checker_of_lists_is_red_when_its_rule_is_broken(clerk: Officer, tmp_path: Path) -> None:
    import_id = taken_in(tmp_path, xlsx(PEOPLE), clerk)
    worker.run(until_idle=True)
    asked(import_id, clerk, count=3)
    worker.run(until_idle=True)
    assert now(import_id).state == "confirmed"
    assert [each.name for each in check_all() if each.broken] == []
    named = {each.name: each for each in invariants()}
    name = str(connection.settings_dict["NAME"])
    connection.close()
    unseen = []
    with database.connect("admin", name=name) as admin:
        for one, harm in BREAKS.items():
            with without_guards(admin, "registry_import%", "registry_person"):
                admin.execute("DROP INDEX registry_import_same_bytes_once, registry_import_same_month_once")
                assert admin.execute(named[one].sql).fetchall() == [], one
                admin.execute(harm)
                if not admin.execute(named[one].sql).fetchall():
                    unseen.append(one)
    assert unseen == []
