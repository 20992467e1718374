# SPDX-License-Identifier: MPL-2.0
"""How fast a month's payroll of a whole province is calculated, with every safeguard on.

An invented register gets a payroll of February, which is settled; March is measured: distinct cases,
lines with their snapshot, keys and checks, claims, recheck of a thousand lines, totals, comparison
with February, content hash, audit. The limit beside it, in the same run on the same server: COPY of
the very lines into a fresh partition of the same shape, then the same keys, checks and ATTACH.
The database is made for the run and dropped at the end.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import IO, Any

import psycopg

from ansinh.config import database, setup
from ansinh.rules.months import Month
from bench.register import fill

PROVINCE = "49"
BLOCK = 1 << 20
ON = date(2024, 2, 20)
AT = datetime(2024, 2, 20, 8, tzinfo=UTC)


def limit(owner: psycopg.Connection, payroll_id: int, file: IO[bytes]) -> float:
    """Seconds to COPY the same lines into a fresh partition, then the very keys and checks that the
    measured one has, and ATTACH."""
    part = f"payroll_line_p{payroll_id}"
    with owner.cursor().copy(f"COPY {part} TO STDOUT (FORMAT binary)") as source:
        for block in source:
            file.write(block)
    file.seek(0)
    like = "LIKE payroll_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
    owner.execute(f"CREATE TABLE bench_line ({like}) PARTITION BY LIST (payroll_id)")
    owner.execute("ALTER TABLE bench_line ADD PRIMARY KEY (id, payroll_id)")
    keys = owner.execute(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = 'payroll_line'::regclass AND NOT indisprimary"
    ).fetchall()
    built = [str(text).partition(" USING ")[2] for (text,) in keys]
    for text in built:
        owner.execute(f"CREATE INDEX ON bench_line USING {text}")
    started = time.perf_counter()
    with owner.transaction():
        owner.execute(f"CREATE TABLE bench_part ({like}, CHECK (payroll_id = {payroll_id}))")
        with owner.cursor().copy("COPY bench_part FROM STDIN (FORMAT binary)") as target:
            while block := file.read(BLOCK):
                target.write(block)
        owner.execute("ALTER TABLE bench_part ADD PRIMARY KEY (id, payroll_id)")
        for text in built:
            owner.execute(f"CREATE INDEX ON bench_part USING {text}")
        owner.execute(f"ALTER TABLE bench_line ATTACH PARTITION bench_part FOR VALUES IN ({payroll_id})")
    return time.perf_counter() - started


class Counted:
    """Counts the statements of a connection, and how long each took."""

    def __init__(self) -> None:
        self.statements = 0
        self.slowest: list[tuple[float, str]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            said = next((line[3:] for line in sql.splitlines()[1:2] if line.startswith("-- ")), sql)
            self.slowest.append((round(time.perf_counter() - started, 2), said[:60]))


def run(*, people: int) -> dict[str, object]:
    """Figures for `people` persons: the month's calculation beside COPY of the same lines."""
    database.ensure_server()
    name = f"ansinh_bench_payroll_{os.getpid()}"
    database.ensure_database(name)
    before = os.environ.get("ANSINH_DATABASE")
    os.environ["ANSINH_DATABASE"] = name
    try:
        setup.start_django()
        setup.migrate(name=name)
        return _measure(name, people)
    finally:
        database.drop_database(name)
        os.environ.pop("ANSINH_DATABASE")
        if before is not None:
            os.environ["ANSINH_DATABASE"] = before


def _measure(name: str, people: int) -> dict[str, object]:
    from django.db import connection  # the settings must be there first

    from ansinh.payroll.actions.calculate import calculate
    from ansinh.payroll.actions.prepare import covered_communes, prepare
    from ansinh.payroll.models import Payroll
    from ansinh.places.actions import load_units
    from ansinh.places.queries import unit_on

    connection.close()
    connection.settings_dict.update(database.access("app", name=name).django())
    load_units(by=None, at=AT)
    month = Month(2024, 2)
    unit = unit_on(code=PROVINCE, on=month.first_day)
    communes = covered_communes(unit=unit, month=month)
    started = time.perf_counter()
    with database.connect("admin", name=name) as admin:
        fill(admin, people=people, communes=communes)
    filling = time.perf_counter() - started
    for each in (month, month.next):
        made = prepare(unit=unit, stream="assistance", period=each, by=None, at=AT)
        counted = Counted()
        with connection.execute_wrapper(counted):
            started = time.perf_counter()
            made = calculate(payroll_id=made.pk, by=None, at=AT, on=ON)
            seconds = time.perf_counter() - started
        if each == month:
            for state in ("submitted", "approved", "locked"):
                Payroll.objects.filter(pk=made.pk).update(state=state)
    figures: dict[str, object] = {
        "people": people, "lines": made.lines, "seconds": round(seconds, 2),
        "rows_per_second": round(made.lines / seconds), "statements": counted.statements,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "fill_seconds": round(filling, 1), "cases": made.cases.count(),
        "unexplained": made.unexplained, "total_vnd": made.total_vnd,
        "slowest": sorted(counted.slowest, reverse=True)[:8],
    }  # fmt: skip
    connection.close()
    with database.connect("owner", name=name, autocommit=True) as owner, tempfile.TemporaryFile() as file:
        copying = limit(owner, made.pk, file)
    return figures | {"copy_seconds": round(copying, 2), "ratio_to_copy": round(seconds / copying, 2)}
