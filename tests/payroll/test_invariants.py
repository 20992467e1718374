# SPDX-License-Identifier: MPL-2.0
"""Each invariant finds nothing after two real months, and finds what is broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from ansinh.approvals.actions import approve
from ansinh.config import database
from ansinh.config.invariants import Invariant, check_all, invariants
from ansinh.payroll.actions.submit import lock, submit
from ansinh.payroll.models import Payroll
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import ALL, declare
from tests.conftest import make_cast, units
from tests.payroll.people import budget, payroll_of, person, read_through

pytestmark = pytest.mark.slow

# what is done to the data, as the superuser and behind every guard -> what must be found
BREAKS = {
    "P1": "DELETE FROM payroll_claim",
    "P6": "UPDATE payroll_line SET amount_vnd = amount_vnd + 1",
    "P7": "UPDATE payroll_line SET kind = 'arrears'",
    "M5_stream": "UPDATE ledger_budget SET amount_vnd = 1",
    "E1": "UPDATE registry_person SET life = 'dead', life_since = '2023-12-10', changed_at = '2024-01-01'",
    "E2": "UPDATE payroll_line SET deducted_vnd = deducted_vnd + 1",
    "E3": "UPDATE payroll_line SET award_id = 0",
    "E4": "UPDATE payroll_payroll SET communes = '{}'",
    "E7": "UPDATE registry_person SET life = 'missing', life_since = '2023-12-01', changed_at = '2024-01-01'",
    "E8": "DELETE FROM payroll_difference WHERE kind = 'joined'",
    "A1": "DELETE FROM approvals_approval",
    "A2": "UPDATE payroll_payroll SET calculated_by_id = (SELECT min(officer_id) FROM approvals_approval)",
    "A3": "UPDATE approvals_submission SET content_sha256 = sha256('x')",
    "A4": "UPDATE approvals_submission SET state = 'returned'",
    "A5": "UPDATE approvals_approval SET held = '{}'",
    "A6": "ALTER TABLE approvals_submission DISABLE TRIGGER approvals_two_persons",
    "A7": "UPDATE registry_person SET (name, number_last4) = (SELECT full_name, citizen_number_last4"
    " FROM staff_officer WHERE id = (SELECT min(officer_id) FROM approvals_approval))",
    "A8": "UPDATE staff_roleassignment SET proposed_by_id = officer_id, confirmed_by_id = officer_id",
    "A9": "UPDATE payroll_payroll SET submission_id = 0",
}


def pay(cast: dict[str, Officer], month: Month) -> Payroll:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    made = payroll_of(commune, by, period=month)
    at = datetime(month.previous.year, month.previous.month, 21, 8, tzinfo=UTC)
    handed = submit(payroll_id=made.pk, by=by, at=at)
    for name in ("lanh-dao-xa", "ke-toan"):
        read_through(handed, cast[name], at)
        approve(
            submission_id=handed.pk, content_sha256=bytes(handed.content_sha256).hex(), by=cast[name],
            at=at + timedelta(minutes=1), on=datetime(2024, 3, 1, tzinfo=UTC).date(),
        )  # fmt: skip
    lock(payroll_id=made.pk, by=by, at=at)
    return made


@pytest.fixture
def two_months(committed_database: str) -> Iterator[psycopg.Connection]:
    """February and March prepared, approved by two and locked; a superuser's connection."""
    cast = make_cast()
    commune, _province = units()
    budget(commune)
    person(commune, cast["lap-danh-sach"])
    pay(cast, Month(2024, 2))
    award = {"first_month": "2024-03", "decision_number": "77/QĐ-UBND"}
    person(commune, cast["lap-danh-sach"], name="Người mới", award=award)
    pay(cast, Month(2024, 3))
    with database.connect("admin", name=committed_database) as admin:
        yield admin


def ours() -> dict[str, Invariant]:
    return {each.name: each for each in invariants() if each.stage == "payroll"}


def test_every_invariant_of_payroll_is_true_and_can_be_broken(two_months: psycopg.Connection) -> None:
    assert [each.name for each in check_all() if each.broken] == []
    assert set(ours()) == set(BREAKS)
    unseen = []
    for name, harm in BREAKS.items():
        with two_months.transaction(force_rollback=True):
            declare(cursor=two_months.cursor(), scope=ALL)
            two_months.execute("SET LOCAL session_replication_role = replica")
            if name == "A8":
                for constraint in two_months.execute(
                    "SELECT conname FROM pg_constraint WHERE conrelid = 'staff_roleassignment'::regclass"
                    " AND contype = 'c'"
                ).fetchall():
                    two_months.execute(f"ALTER TABLE staff_roleassignment DROP CONSTRAINT {constraint[0]}")
            assert two_months.execute(ours()[name].sql).fetchall() == [], name
            two_months.execute(harm)
            if not two_months.execute(ours()[name].sql).fetchall():
                unseen.append(name)
    assert unseen == []
