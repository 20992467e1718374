# SPDX-License-Identifier: MPL-2.0
"""An invented register of a province, written by the database itself: people, awards, guardians and
accounts in the shares that a province has, up to millions in about a minute.

Ages fit the awards, so nearly everybody is owed something; two of a hundred are new, ended, dead or
without an account that may be used yet.
"""

from __future__ import annotations

from typing import Any

import psycopg

# place in twenty -> code, facts, days of birth (from, span), household
KINDS = """
    (0, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'), (1, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'),
    (2, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'), (3, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'),
    (4, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'), (5, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'),
    (6, 'K5C', '{}', DATE '1925-01-01', 6900, 'other'), (7, 'K5A', '{}', DATE '1945-01-01', 6600, 'poor'),
    (8, 'K5A', '{}', DATE '1945-01-01', 6600, 'poor'),
    (9, 'K6_N', '{}', DATE '1966-01-01', 14000, 'near_poor'),
    (10, 'K6_N', '{}', DATE '1966-01-01', 14000, 'other'),
    (11, 'K6_N', '{}', DATE '1966-01-01', 14000, 'other'),
    (12, 'K6_N', '{}', DATE '1935-01-01', 9000, 'other'),
    (13, 'K6_DBN', '{}', DATE '1966-01-01', 14000, 'poor'),
    (14, 'K6_DBN', '{}', DATE '1966-01-01', 14000, 'other'),
    (15, 'K6_DBN', '{}', DATE '1935-01-01', 9000, 'other'),
    (16, 'K6_N', '{}', DATE '2008-06-01', 4400, 'other'),
    (17, 'K4', '{"children": 1}', DATE '1975-01-01', 9000, 'poor'),
    (18, 'K4', '{"children": 2}', DATE '1975-01-01', 9000, 'near_poor'),
    (19, 'K5C', '{}', DATE '1925-01-01', 6900, 'poor')
"""
PEOPLE = f"""
INSERT INTO registry_person (id, number_bidx, number_last4, name, name_folded, sort_key,
    born_on, born_precision, sex, ethnicity, commune_id, hamlet, phone_last4, channel, household,
    disadvantaged_area, pension_vnd, lives_alone, life, life_since, life_source, version, changed_at)
SELECT i, sha256(i::text::bytea), lpad((i %% 10000)::text, 4, '0'),
    (ARRAY['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Alăng'])[i %% 5 + 1] || ' Thị ' ||
        (ARRAY['Hoà', 'Lan', 'Quý', 'Êm', 'Ất', 'Yến', 'Tám'])[i %% 7 + 1], 'x', md5(i::text),
    k.born + (i::bigint * 7919 %% k.span)::int,
    CASE WHEN i %% 400 < 20 THEN 'year' ELSE 'day' END, 'female', '', (%(communes)s)[i %% %(many)s + 1],
    'Thôn ' || i %% 9, '', '', k.household, i %% 5 = 0, 0, i %% 10 = 0,
    CASE WHEN i %% 401 = 0 THEN 'dead' ELSE 'alive' END,
    CASE WHEN i %% 401 = 0 THEN DATE '2024-02-05' END, '', 1, '2023-06-01'
FROM generate_series(1, %(people)s) AS i
JOIN (VALUES {KINDS}) AS k (place, code, facts, born, span, household) ON k.place = i %% 20
"""
AWARDS = f"""
INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number, decided_on,
    signer, signer_title, first_month, end_month, end_reason, suspend_reason, file_ref, merit_person,
    relation, voided, version, changed_at)
SELECT p.id, p.commune_id, 'social_assistance', w.code, w.facts::jsonb, '15/QĐ-UBND', '2023-01-05', '', '',
    DATE '2015-01-01' + (p.id %% 96)::int * interval '1 month',
    CASE WHEN p.id %% 397 = 0 THEN DATE '2024-02-01' END,
    CASE WHEN p.id %% 397 = 0 THEN 'thôi hưởng' ELSE '' END, '', '', '', '', false, 1, '2023-06-01'
FROM registry_person p
JOIN (VALUES {KINDS}) AS k (place, code, facts, born, span, household) ON k.place = p.id %% 20
CROSS JOIN LATERAL (VALUES (k.code, k.facts, true), ('CS_HO_DBN', '{{}}', p.id %% 12 = 0))
    AS w (code, facts, wanted)
WHERE w.wanted
"""
MANDATES = """
INSERT INTO payees_mandate (person_id, commune_id, kind, payee_person_id, payee_name, payee_number_last4,
    payee_phone_last4, relation, all_awards, document, certified_by, certified_on, starts_on, ends_on,
    pays_from, pays_until, state, over_alert, answer, end_reason, version, made_at)
SELECT id, commune_id, CASE WHEN id % 20 = 16 THEN 'guardian' ELSE 'proxy' END, id - 1, 'Trần Văn Bốn',
    '', '', 'mẹ', true, '1/UQ', 'UBND', '2022-01-05', '2022-01-05',
    CASE WHEN id % 20 <> 16 THEN DATE '2025-01-05' END, '2022-02-01',
    CASE WHEN id % 20 <> 16 THEN DATE '2025-02-01' END, 'active', false, '', '', 1, '2022-01-05'
FROM registry_person WHERE id > 1 AND (id % 20 = 16 OR id % 50 = 2)
"""
ACCOUNTS = """
INSERT INTO payees_account (person_id, commune_id, mandate_id, channel, bank, number_enc, number_bidx,
    number_last4, holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note,
    fault_owner, next_action, usable_from, version, made_at)
SELECT p.id, p.commune_id, m.id, 'account', 'VBA', ('e1:' || md5(p.id::text) || md5(p.id::text))::bytea,
    sha256(('a' || p.id)::bytea), '1234', upper(p.name), 'equal', 'commune', 'x', '2023-01-02', 'active',
    '', '', '', '', CASE WHEN p.id % 101 = 0 THEN DATE '2024-03-01' ELSE DATE '2023-02-01' END, 1, now()
FROM registry_person p LEFT JOIN payees_mandate m ON m.person_id = p.id
WHERE p.id % 10 < 8 AND p.life <> 'dead'
"""
TABLES = ("registry_person", "registry_award", "payees_mandate", "payees_account")


def fill(admin: psycopg.Connection[Any], *, people: int, communes: list[int]) -> None:
    """Fill an empty register on a superuser's connection: keys are built after the rows, and foreign
    keys hold by construction, so their triggers rest."""
    admin.autocommit = True
    admin.execute("SET session_replication_role = replica")
    admin.execute("SET maintenance_work_mem = '512MB'")
    kept = _drop_indexes(admin)
    admin.execute(PEOPLE, {"people": people, "communes": communes, "many": len(communes)})
    for text in (AWARDS.replace("%%", "%"), MANDATES, ACCOUNTS):
        admin.execute(text)
    for definition in kept:
        admin.execute(definition)
    admin.execute("RESET session_replication_role")
    admin.execute("VACUUM ANALYZE")


def _drop_indexes(admin: psycopg.Connection[Any]) -> list[str]:
    """Drop every key but the primary ones; returns the statements that build them again."""
    constraints = admin.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('u', 'x')", [list(TABLES)],
    ).fetchall()  # fmt: skip
    for table, name, _text in constraints:
        admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = admin.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i"
        " JOIN pg_index x ON x.indexrelid = i.indexname::regclass"
        " WHERE i.tablename = ANY(%s) AND NOT x.indisprimary", [list(TABLES)],
    ).fetchall()  # fmt: skip
    for name, _text in indexes:
        admin.execute(f"DROP INDEX {name}")
    built = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}" for table, name, text in constraints]
    return built + [str(text) for _name, text in indexes]
