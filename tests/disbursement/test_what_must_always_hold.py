# SPDX-License-Identifier: MPL-2.0
"""The checkers of this stage find nothing after a month, and each finds what breaks its rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, transaction

from ansinh.config import database
from ansinh.config.invariants import PACKAGE
from tests.conftest import make_cast
from tests.disbursement.month import instructed, nothing_broken, sent

BREAKS = {
    "M9": "INSERT INTO disbursement_cashback (commune_id, source, period, amount_vnd, document, day, at,"
          " by_id) SELECT commune_id, stream, period, 5, 'x', now(), now(),"
          " (SELECT min(id) FROM staff_officer) FROM disbursement_instruction LIMIT 1",
    "P2": "UPDATE disbursement_part SET amount_vnd = amount_vnd + 1",
    "P3": "UPDATE disbursement_instruction SET end_to_end_id = 'AS492403000000000199' WHERE id = {one}",
    "P4": "INSERT INTO disbursement_enclosed SELECT instruction_id, 9, envelope_id, commune_id, place + 900"
          " FROM disbursement_enclosed",
    "P5": "UPDATE disbursement_envelope SET sha256 = 'x'",
    "P8": "UPDATE disbursement_instruction SET payee_kind = 'proxy'",
    "P9": "UPDATE disbursement_instruction SET attempt = 1, replaces_id = 0 WHERE id = {one}",
    "P10": "UPDATE registry_person SET number_bidx = 'x'",
    "P11": "UPDATE ledger_posting SET amount_vnd = amount_vnd + 1",
    "F1": "UPDATE disbursement_envelope SET count = count + 1",
    "R5": "UPDATE disbursement_event SET state_from = 'paid'",
    "L1": "DELETE FROM audit_event WHERE act = 'disbursement.dispatch'",
    "L2": "INSERT INTO audit_seal (seq, event_id, hash, sealed_at)"
    " SELECT 1 + 4 * row_number() OVER (), id, 'x', now()"
          " FROM audit_event LIMIT 2",
    "L3": "GRANT UPDATE ON disbursement_event TO ansinh_app",
}  # fmt: skip
TABLES = ("disbursement_part", "disbursement_instruction", "disbursement_enclosed", "disbursement_envelope",
          "disbursement_event", "registry_person", "ledger_posting", "audit_event")  # fmt: skip


@pytest.mark.slow
def test_each_checker_is_green_after_a_month_and_red_when_its_rule_is_broken(
    committed_database: str, settings: object, tmp_path: Path
) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    cast = make_cast()
    payroll = instructed(cast)
    sent(cast, payroll)
    sent(cast, payroll, "organisation")
    nothing_broken()
    connection.close()
    paths = {path.stem: path for path in PACKAGE.glob("*/sql/invariants/*.sql")}
    with database.connect("admin", name=committed_database) as admin:
        one = admin.execute("SELECT min(id) FROM disbursement_instruction").fetchone()[0]  # type: ignore[index]
        for name, wish in BREAKS.items():
            with admin.transaction(force_rollback=True):
                for table in TABLES:
                    admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                for table, constraint in admin.execute(
                    "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('c', 'u')"
                    " AND conrelid::regclass::text = ANY (%s)", [list(TABLES)]
                ).fetchall():  # fmt: skip
                    admin.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                admin.execute("DROP INDEX registry_person_one_living_record, disbursement_replaced_once")
                admin.execute(wish.format(one=one))
                assert admin.execute(paths[name].read_text()).fetchall() != [], name


def test_scope_is_needed_to_see_instructions(db: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM disbursement_state")
        assert cursor.fetchone() == (0,)
