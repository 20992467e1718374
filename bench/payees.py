# SPDX-License-Identifier: MPL-2.0
"""How fast holders are compared and everybody is put into a group.

Groups are written by one statement as the application's role, under row-level security
(`group_seconds`), and counted by one (`count_seconds`). The limit beside it, in the same run: read the
table of people once and write as many rows of the same shape.
The database is made for the run and dropped at the end.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date

import psycopg

from ansinh.config import database, setup
from ansinh.rules.holders import compare_holders
from ansinh.rules.names import fold_name
from ansinh.staff.scope import ALL, declare

COMPARISONS = 100_000
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Alăng", "Arất", "Bling",
)  # fmt: skip
MIDDLES = ("Thị", "Văn", "Đình", "Ngọc", "Quang", "Hữu", "Đức", "Minh", "Thanh", "Kim", "Xuân", "Thu")
NAMES = (
    "Hoà", "Thuý", "Đức", "Lan", "Lý", "Ánh", "Bình", "Cúc", "Dũng", "Quý", "Uyên", "Yến", "Hạnh", "Sương",
    "Phước", "Tám", "Bảy", "Nhớ", "Ất", "Êm",
)  # fmt: skip
MONTH = date(2024, 4, 1)

PEOPLE = """
INSERT INTO registry_person (id, number_bidx, number_last4, name, name_folded, sort_key,
    born_on, born_precision, sex, ethnicity, commune_id, hamlet, phone_last4, channel, household,
    disadvantaged_area, pension_vnd, lives_alone, life, life_since, life_source, version,
    changed_at)
SELECT i, CASE WHEN i %% 50 > 0 THEN sha256(i::text::bytea) END, '', 'x', 'x', 'x',
    DATE '1930-01-01' + (i::bigint * 7919 %% 30000)::int, 'day', '', '',
    (SELECT min(id) + i %% 200 FROM places_unit),
    '', '', '', 'other', false, 0, false, CASE WHEN i %% 97 = 0 THEN 'dead' ELSE 'alive' END,
    DATE '2024-01-01', '', 1, now()
FROM generate_series(1, %s) AS i
"""
AWARDS = """
INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number, signer, signer_title,
    first_month, end_reason, suspend_reason, file_ref, merit_person, relation, voided, version, changed_at)
SELECT id, commune_id, 'social_assistance', 'K5A', '{}', '', '', '', '2024-01-01', '', '', '', '', '',
    false, 1, now()
FROM registry_person
"""
ACCOUNTS = """
INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx, number_last4,
    holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note, fault_owner,
    next_action, usable_from, version, made_at)
SELECT id, commune_id, 'account', 'VBA', 'x', sha256(id::text::bytea), '1234', '', 'equal', 'commune', 'x',
    '2024-01-02', CASE WHEN id % 10 = 0 THEN 'declared' ELSE 'active' END, '', '', '', '',
    CASE WHEN id % 10 > 0 THEN DATE '2024-02-01' END, 1, now()
FROM registry_person WHERE id % 10 < 5
"""
OBSTACLES = """
INSERT INTO payees_obstacle (person_id, commune_id, code, prevents, since)
SELECT id, commune_id, 'frail', true, '2024-01-02' FROM registry_person WHERE id % 10 = 7
"""
MANDATES = """
INSERT INTO payees_mandate (person_id, commune_id, kind, payee_name, payee_number_last4, payee_phone_last4,
    relation, all_awards, document, certified_by, certified_on, starts_on, pays_from, state, over_alert,
    answer, end_reason, version, made_at)
SELECT id, commune_id, 'guardian', 'x', '', '', 'x', true, 'x', 'x', '2024-01-02', '2024-01-02', '2024-02-01',
    'active', false, '', '', 1, now()
FROM registry_person WHERE id % 20 = 7
"""
SHAPE = "(person_id bigint, commune_id bigint, grp text, why text, reasons text[])"


def invented_names(count: int, *, seed: int = 7) -> list[tuple[str, str]]:
    """Pairs (ours, as a bank prints it), a tenth of them of another person."""
    pick = random.Random(seed)

    def one() -> str:
        return f"{pick.choice(SURNAMES)} {pick.choice(MIDDLES)} {pick.choice(NAMES)} {pick.choice(NAMES)}"

    ours = [one() for _ in range(count)]
    return [(name, fold_name(name if pick.random() < 0.9 else one()).upper()) for name in ours]


def holders() -> dict[str, object]:
    """Seconds for `COMPARISONS` comparisons and what they said."""
    pairs = invented_names(COMPARISONS)
    started = time.perf_counter()
    found = compare_holders(pairs)
    seconds = time.perf_counter() - started
    return {
        "comparisons": COMPARISONS,
        "comparison_seconds": round(seconds, 2),
        "passing": sum(1 for each in found if each.passes),
    }


def fill(owner: psycopg.Connection, people: int) -> None:
    """An invented register, written by the database itself."""
    for table in ("payees_account", "payees_mandate"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(
        "INSERT INTO places_unit (key, code, level, kind, name, name_key, sort_key, validity, source)"
        " SELECT 'b' || i, 'b' || i, 'commune', 'xã', 'x', 'x', 'x', daterange('2020-01-01', NULL), 'bench'"
        " FROM generate_series(1, 200) AS i"
    )
    owner.execute(PEOPLE, [people])
    for each in (AWARDS, ACCOUNTS, OBSTACLES, MANDATES):
        owner.execute(each)
    for table in ("bench_floor", "bench_grouped"):
        owner.execute(f"CREATE UNLOGGED TABLE {table} {SHAPE}")
        owner.execute(f"GRANT INSERT, SELECT ON {table} TO ansinh_app")
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM ANALYZE")


def timed(app: psycopg.Connection, statement: str) -> tuple[float, int]:
    """(seconds, rows) of one statement in the whole province's scope."""
    with app.transaction():
        declare(cursor=app.cursor(), scope=ALL)
        app.execute(f"SET LOCAL ansinh.period = '{MONTH}'")
        app.execute("SET LOCAL work_mem = '128MB'")  # payees.periods.for_period
        started = time.perf_counter()
        rows = app.execute(statement).rowcount
        return time.perf_counter() - started, rows


def run(*, people: int) -> dict[str, object]:
    """Figures for `people` persons: seconds of the comparisons, of the groups, and of their limit."""
    found = holders()
    database.ensure_server()
    name = f"ansinh_bench_payees_{os.getpid()}"
    database.ensure_database(name)
    try:
        setup.start_django()
        setup.migrate(name=name)
        with database.connect("owner", name=name) as owner:
            fill(owner, people)
        with database.connect("app", name=name) as app:
            limit, _rows = timed(
                app,
                "INSERT INTO bench_floor SELECT id, commune_id, 'A', 'paid_into_account', '{}'"
                " FROM registry_person WHERE life <> 'dead'",
            )
            seconds, rows = timed(
                app,
                "INSERT INTO bench_grouped SELECT person_id, commune_id, grp, why, reasons"
                " FROM payees_grouped",
            )
            counted, _groups = timed(app, "SELECT grp, why, count(*) FROM payees_grouped GROUP BY grp, why")
            counts = app.execute("SELECT grp, count(*) FROM bench_grouped GROUP BY 1 ORDER BY 1").fetchall()
            payable, ways = timed(app, "SELECT count(*) FROM payees_payable")
    finally:
        database.drop_database(name)
    assert ways == 1
    return found | {
        "people": people,
        "grouped": rows,
        "groups": dict(counts),
        "group_seconds": round(seconds, 2),
        "count_seconds": round(counted, 2),
        "floor_seconds": round(limit, 2),
        "ratio_to_floor": round(seconds / limit, 1),
        "payable_seconds": round(payable, 2),
    }
