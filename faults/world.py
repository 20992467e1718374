# SPDX-License-Identifier: MPL-2.0
"""A data folder and a server of the rig's own, a template of a month to pay, and a copy of it for each run.

The folder is kept for the next time, because making the schema takes longer than a hundred runs;
the server is ended.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connections

from ansinh.config import database, embedded, setup
from ansinh.demo.officers import make_officers
from ansinh.demo.steps import COMMUNE, PROVINCE
from ansinh.places.actions import load_units
from ansinh.places.queries import unit_on
from ansinh.staff.models import Officer
from faults.people import Cast, locked_month

PEOPLE, ACCOUNTS = 7, 5
LOADED = datetime(2024, 3, 1, tzinfo=UTC)
DAY = date(2024, 3, 1)


def serve_from(name: str) -> None:
    """Let Django use database `name` from now on."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict.update(database.access("app", name=name).django())
    os.environ["ANSINH_DATABASE"] = name


def make_template() -> str:
    """The database that runs are copied from: people, officers, a payroll approved and locked. Made on
    another template, of the bare schema, which takes the time."""
    schema = _template(f"ansinh_faults_schema_{setup.schema_mark()[:12]}", "", _fill_schema)
    said = "".join((Path(__file__).parent / name).read_text() for name in ("world.py", "people.py"))
    month = hashlib.sha256(said.encode()).hexdigest()[:12]
    return _template(f"{schema}_{month}", schema, _fill_month)


def _template(name: str, source: str, fill: Callable[[str], None]) -> str:
    with database.connect("admin", name=database.maintenance_name(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone():
            return name
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'ansinh\\_fault%%' AND datname <> %s",
            [source],
        ).fetchall():
            admin.execute(f'ALTER DATABASE "{old}" IS_TEMPLATE false')
            database.drop_database(old)
        database.drop_database(name)
        if source:
            copy(source, name)
        fill(name)
        connections.close_all()
        admin.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
    return name


def _fill_schema(name: str) -> None:
    database.ensure_database(name)
    setup.migrate(name=name)
    serve_from(name)
    load_units(by=None, at=LOADED)


def _fill_month(name: str) -> None:
    serve_from(name)
    commune = unit_on(code=COMMUNE, on=DAY)
    make_officers(commune=commune, province=unit_on(code=PROVINCE, on=DAY), valid_from=DAY, at=LOADED)
    locked_month(commune, cast_now(), people=PEOPLE, accounts=ACCOUNTS)


def cast_now() -> Cast:
    """The invented officers by user name."""
    return {officer.username: officer for officer in Officer.objects.all()}


@contextmanager
def a_copy(template: str, name: str) -> Iterator[str]:
    """Database `name`, copied, used, and dropped at the end with its files."""
    files = Path(tempfile.mkdtemp(prefix="ansinh-faults-files-"))
    settings.FILE_STORE_FOLDER = files
    copy(template, name)
    serve_from(name)
    try:
        yield name
    finally:
        connections.close_all()
        database.drop_database(name)
        shutil.rmtree(files, ignore_errors=True)


def copy(source: str, target: str) -> None:
    """A copy as a backup is: it says that it is the same installation."""
    connections.close_all()
    with database.connect("admin", name=database.maintenance_name(), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{target}" OWNER ansinh_owner TEMPLATE "{source}" STRATEGY wal_log')


def kill_server() -> None:
    """End the server and all that it started at once, as a power cut ends them, and start it again."""
    pid = embedded.running_pid()
    assert pid is not None
    whole = psutil.Process(pid)
    for process in (whole, *whole.children(recursive=True)):
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    connections.close_all()
    database.ensure_server()
