# SPDX-License-Identifier: MPL-2.0
"""An invented register for benchmarks: names in real proportions, written by the database itself.

Sealed numbers are bytes of the right shape. One person in a hundred has a planted twin; `bench_truth`
says which. The database is made for the run and dropped at the end.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from ansinh.config import database, setup
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import fold_name

COMMUNES, DISTINCT, ONE_TWIN_IN = 240, 60_000, 100
SURNAMES = (
    ("Nguyễn", 38), ("Trần", 12), ("Lê", 9), ("Phạm", 6), ("Huỳnh", 5), ("Phan", 4), ("Võ", 4), ("Đặng", 3),
    ("Bùi", 3), ("Hồ", 3), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Alăng", 3), ("Arất", 2), ("Bling", 1),
)  # fmt: skip
MIDDLES = ("Thị", "Văn", "Đình", "Ngọc", "Quang", "Hữu", "Đức", "Minh", "Thanh", "Kim", "Xuân", "Thu", "Thế")
GIVEN = (
    "Hoà", "Thuý", "Đức", "Lan", "Lý", "Ánh", "Bình", "Cúc", "Dũng", "Quý", "Uyên", "Yến", "Hạnh", "Sương",
    "Phước", "Tám", "Bảy", "Nhớ", "Ất", "Êm", "Sáu", "Mười", "Hùng", "Liên", "Mai", "Nga", "Phượng", "Sơn",
    "Tâm", "Vinh", "Xí", "Đào", "Ơn", "Ước", "Cảnh", "Giàu", "Khánh", "Lụa", "Mận", "Nở",
)  # fmt: skip
FILLED = ("registry_person", "registry_nameword", "registry_oldnumber", "registry_award", "payees_account")
# What slows a fill down row by row is taken off and made again afterwards, set by set: foreign keys,
# other constraints that have an index, plain indexes. Only a primary key that others point at stays.
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint AS c
WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u', 'x', 'p') AND NOT (contype = 'p' AND EXISTS (
    SELECT 1 FROM pg_constraint AS f WHERE f.confrelid = c.conrelid))
ORDER BY contype = 'f' DESC, conname
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index AS i
WHERE i.indrelid = ANY (%s::regclass[])
    AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)
"""

UNITS = """
INSERT INTO places_unit (key, code, level, kind, name, name_key, sort_key, validity, source)
SELECT 'b' || i, 'b' || i, 'commune', 'xã', 'x', 'x', 'x', daterange('2020-01-01', NULL), 'bench'
FROM generate_series(1, %s) AS i
"""
COLUMNS = """id, number_bidx, number_last4, name, name_folded, sort_key, born_on,
    born_precision, sex, ethnicity, commune_id, hamlet, phone_bidx, phone_last4, channel, household,
    disadvantaged_area, pension_vnd, lives_alone, life, life_source, version, changed_at"""
PEOPLE = f"""
INSERT INTO registry_person ({COLUMNS})
SELECT i, sha256(('n' || i)::bytea), lpad((i::bigint * 7919 %% 10000)::text, 4, '0'), n.name, n.folded,
    n.sort_key,
    CASE WHEN r.year_only THEN date_trunc('year', r.born)::date ELSE r.born END,
    CASE WHEN r.year_only THEN 'year' ELSE 'day' END,
    CASE i %% 2 WHEN 0 THEN 'female' ELSE 'male' END, '', u.first + i %% {COMMUNES}, 'Thôn ' || 1 + i %% 9,
    CASE WHEN i %% 3 = 0 THEN sha256(('p' || i / 2)::bytea) END, '', '', 'other', false, 0, false, 'alive',
    '', 1, now()
FROM generate_series(1, %(people)s) AS i
CROSS JOIN (SELECT min(id) AS first FROM places_unit) AS u
CROSS JOIN LATERAL (SELECT DATE '1930-01-01' + (hashint4(i) & 32767) %% 31000 AS born,
    hashint4(i + 1) %% 4 = 0 AS year_only) AS r
JOIN bench_names AS n ON n.id = (hashint4(i * 3) & 2147483647) %% {DISTINCT}
"""
# Four kinds of twin: the same again without a number; a letter of the name lost; only the year known;
# elsewhere with the same old number. Person of a twin: one id in a hundred.
TWINS = f"""
INSERT INTO registry_person ({COLUMNS})
SELECT %(people)s + p.id / {ONE_TWIN_IN}, NULL, '', t.name, t.folded, p.sort_key,
    CASE kind WHEN 2 THEN date_trunc('year', p.born_on)::date ELSE p.born_on END,
    CASE kind WHEN 2 THEN 'year' ELSE p.born_precision END, p.sex, '',
    CASE kind WHEN 3 THEN u.first + (p.commune_id - u.first + 7) %% {COMMUNES} ELSE p.commune_id END,
    p.hamlet, NULL, '', '', 'other', false, 0, false, 'alive', '', 1, now()
FROM registry_person AS p
CROSS JOIN (SELECT min(id) AS first FROM places_unit) AS u
CROSS JOIN LATERAL (SELECT p.id / {ONE_TWIN_IN} %% 4 AS kind) AS k
CROSS JOIN LATERAL (SELECT
    CASE kind WHEN 1 THEN left(p.name, -1) ELSE p.name END AS name,
    CASE kind WHEN 1 THEN left(p.name_folded, -1) ELSE p.name_folded END AS folded) AS t
WHERE p.id %% {ONE_TWIN_IN} = 0
"""
OLD_NUMBERS = f"""
INSERT INTO registry_oldnumber (person_id, commune_id, number_enc, number_bidx, number_last4)
SELECT p.id, p.commune_id, 'x', sha256(('o' || s.key)::bytea), '0000'
FROM registry_person AS p
CROSS JOIN LATERAL (
    SELECT CASE WHEN p.id > %(people)s THEN (p.id - %(people)s) * {ONE_TWIN_IN} ELSE p.id END AS key) AS s
WHERE p.id <= %(people)s AND p.id %% 5 = 0 OR p.id > %(people)s AND s.key / {ONE_TWIN_IN} %% 4 = 3
"""
AWARDS = """
INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number, signer, signer_title,
    first_month, end_reason, suspend_reason, file_ref, merit_person, relation, voided, version, changed_at)
SELECT id, commune_id, 'social_assistance', CASE id % 3 WHEN 0 THEN 'K6_N' WHEN 1 THEN 'K5C' ELSE 'K4' END,
    '{}', '', '', '', '2024-01-01', '', '', '', '', '', false, 1, now()
FROM registry_person
"""
ACCOUNTS = """
INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx, number_last4,
    holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note, fault_owner,
    next_action, version, made_at)
SELECT id, commune_id, 'account', 'VBA', 'x', sha256(('a' || id)::bytea),
    lpad((id * 104729 % 10000)::text, 4, '0'), name, '', 'commune', 'x', '2024-01-02', 'declared', '',
    '', '', '', 1, now()
FROM registry_person WHERE id % 3 > 0
"""
TRUTH = f"""
CREATE TABLE bench_truth AS
SELECT (id - %(people)s) * {ONE_TWIN_IN} AS first_id, id AS second_id, (id - %(people)s) %% 4 AS kind
FROM registry_person WHERE id > %(people)s
"""


def invented_names(count: int, *, seed: int = 7) -> list[str]:
    """Names of three or four words; surnames in the proportions of the country."""
    pick = random.Random(seed)
    surnames = pick.choices([name for name, _ in SURNAMES], [weight for _, weight in SURNAMES], k=count)
    made = []
    for surname in surnames:
        words = [surname, pick.choice(MIDDLES), pick.choice(GIVEN)]
        if pick.random() < 0.5:
            words.insert(2, pick.choice(GIVEN))
        made.append(" ".join(words))
    return made


@contextmanager
def bare(owner: psycopg.Connection) -> Iterator[None]:
    """The filled tables without what checks and indexes them row by row; made again at the end."""
    tables = list(FILLED)
    constraints = owner.execute(CONSTRAINTS, [tables]).fetchall()
    for table, name, _definition in constraints:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = owner.execute(INDEXES, [tables]).fetchall()
    for name, _definition in indexes:
        owner.execute(f"DROP INDEX {name}")
    yield
    owner.execute("SET maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        owner.execute(definition)
    for table, name, definition in reversed(constraints):
        owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    owner.execute("RESET maintenance_work_mem")


def fill(owner: psycopg.Connection, people: int) -> None:
    """The register of `people` persons and a hundredth more twins."""
    owner.execute(UNITS, [COMMUNES])
    owner.execute("CREATE TABLE bench_names (id int PRIMARY KEY, name text, folded text, sort_key text)")
    with owner.cursor().copy("COPY bench_names FROM STDIN") as copy:
        for number, name in enumerate(invented_names(DISTINCT)):
            copy.write_row((number, name, fold_name(name), sort_key(name)))
    owner.execute("ANALYZE bench_names")
    with bare(owner):
        for each in (PEOPLE, TWINS, OLD_NUMBERS):
            owner.execute(each, {"people": people})
        owner.execute(AWARDS)
        owner.execute(ACCOUNTS)
    owner.execute(TRUTH, {"people": people})
    owner.execute("GRANT SELECT ON bench_truth, bench_names TO ansinh_app")
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM ANALYZE")


@contextmanager
def invented_register(name: str, *, people: int) -> Iterator[psycopg.Connection]:
    """A database with an invented register; Django's connection is the application's role on it."""
    database.ensure_server()
    made = f"ansinh_bench_{name}_{os.getpid()}"
    database.ensure_database(made)
    try:
        setup.start_django()
        setup.migrate(name=made)
        connection.close()
        connection.settings_dict.update(database.access("app", name=made).django())
        with database.connect("owner", name=made) as owner:
            fill(owner, people)
            yield owner
    finally:
        connection.close()
        database.drop_database(made)
