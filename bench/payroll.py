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

PROVINCE = "49"
BLOCK = 1 << 20
ON = date(2024, 2, 20)
AT = datetime(2024, 2, 20, 8, tzinfo=UTC)

PEOPLE = """
INSERT INTO registry_person (id, number_bidx, number_last4, name, name_folded, sort_key,
    born_on, born_precision, sex, ethnicity, commune_id, hamlet, phone_last4, channel, household,
    disadvantaged_area, pension_vnd, lives_alone, life, life_since, life_source, version, changed_at)
SELECT i, sha256(i::text::bytea), lpad((i %% 10000)::text, 4, '0'),
    (ARRAY['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Alăng'])[i %% 5 + 1] || ' Thị ' ||
        (ARRAY['Hoà', 'Lan', 'Quý', 'Êm', 'Ất', 'Yến', 'Tám'])[i %% 7 + 1], 'x', md5(i::text),
    DATE '1925-01-01' + (i::bigint * 7919 %% 36000)::int,
    CASE WHEN i %% 20 = 0 THEN 'year' ELSE 'day' END, 'female', '', (%(communes)s)[i %% %(many)s + 1],
    'Thôn ' || i %% 9, '', '', (ARRAY['poor', 'near_poor', 'other'])[i %% 3 + 1],
    i %% 5 = 0, CASE WHEN i %% 11 = 0 THEN 350000 ELSE 0 END, i %% 10 = 0,
    CASE WHEN i %% 97 = 0 THEN 'dead' ELSE 'alive' END,
    CASE WHEN i %% 97 = 0 THEN DATE '2024-02-05' END, '', 1, '2023-06-01'
FROM generate_series(1, %(people)s) AS i
"""
AWARDS = """
INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number, decided_on,
    signer, signer_title, first_month, end_month, end_reason, suspend_reason, file_ref, merit_person,
    relation, voided, version, changed_at)
SELECT p.id, p.commune_id, 'x', k.code, k.facts::jsonb, '15/QĐ-UBND', '2023-01-05', '', '',
    DATE '2015-01-01' + (p.id %% 96)::int * interval '1 month',
    CASE WHEN p.id %% 89 = 0 THEN DATE '2024-02-01' END,
    CASE WHEN p.id %% 89 = 0 THEN 'thôi hưởng' ELSE '' END, '', '', '', '', false, 1, '2023-06-01'
FROM registry_person p
CROSS JOIN LATERAL (VALUES
    ((ARRAY['K6_DBN', 'K6_N', 'K5A', 'K5C', 'K8', 'K6_N', 'K6_DBN', 'K5C', 'K4',
        'K6_N'])[p.id %% 10 + 1],
     CASE WHEN p.id %% 10 = 8 THEN '{"children": ' || p.id %% 3 + 1 || '}' ELSE '{}' END, true),
    ('CS_HO_DBN', '{}', p.id %% 12 = 0)) AS k (code, facts, wanted)
WHERE k.wanted
"""
ACCOUNTS = """
INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx, number_last4,
    holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note, fault_owner,
    next_action, usable_from, version, made_at)
SELECT id, commune_id, 'account', 'VBA', ('e1:' || md5(id::text) || md5(id::text))::bytea,
    sha256(('a' || id)::bytea), '1234', upper(name), 'equal', 'commune', 'x', '2023-01-02', 'active', '', '',
    '', '', DATE '2023-02-01', 1, now()
FROM registry_person WHERE id % 10 < 8 AND life <> 'dead'
"""


def fill(owner: psycopg.Connection, people: int, communes: list[int]) -> None:
    """An invented register of a province, written by the database itself."""
    for table in ("payees_account", "registry_person", "registry_award"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(PEOPLE, {"people": people, "communes": communes, "many": len(communes)})
    owner.execute(AWARDS, {})
    owner.execute(ACCOUNTS)
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM ANALYZE")


def limit(owner: psycopg.Connection, payroll_id: int, file: IO[bytes]) -> float:
    """Seconds to COPY the same lines into a fresh partition, then the same keys, checks and ATTACH."""
    out = f"COPY (SELECT * FROM payroll_line WHERE payroll_id = {payroll_id}) TO STDOUT (FORMAT binary)"
    with owner.cursor().copy(out) as source:
        for block in source:
            file.write(block)
    file.seek(0)
    like = "LIKE payroll_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
    owner.execute(f"CREATE TABLE bench_line ({like}) PARTITION BY LIST (payroll_id)")
    owner.execute("ALTER TABLE bench_line ADD PRIMARY KEY (id, payroll_id)")
    owner.execute("CREATE INDEX ON bench_line (payroll_id, commune_id, id)")
    owner.execute("CREATE INDEX ON bench_line (person_id, benefit_month)")
    started = time.perf_counter()
    with owner.transaction():
        owner.execute(f"CREATE TABLE bench_part ({like}, CHECK (payroll_id = {payroll_id}))")
        with owner.cursor().copy("COPY bench_part FROM STDIN (FORMAT binary)") as target:
            while block := file.read(BLOCK):
                target.write(block)
        owner.execute("ALTER TABLE bench_part ADD PRIMARY KEY (id, payroll_id)")
        owner.execute("CREATE INDEX ON bench_part (payroll_id, commune_id, id)")
        owner.execute("CREATE INDEX ON bench_part (person_id, benefit_month)")
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
    with database.connect("owner", name=name) as owner:
        fill(owner, people, communes)
    figures: dict[str, object] = {}
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
    figures = {
        "people": people, "lines": made.lines, "seconds": round(seconds, 2),
        "rows_per_second": round(made.lines / seconds), "statements": counted.statements,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "cases": made.cases.count(), "unexplained": made.unexplained, "total_vnd": made.total_vnd,
        "slowest": sorted(counted.slowest, reverse=True)[:8],
    }  # fmt: skip
    connection.close()
    with database.connect("owner", name=name, autocommit=True) as owner, tempfile.TemporaryFile() as file:
        copying = limit(owner, made.pk, file)
    return figures | {"copy_seconds": round(copying, 2), "ratio_to_copy": round(seconds / copying, 2)}
