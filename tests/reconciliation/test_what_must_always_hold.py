# SPDX-License-Identifier: MPL-2.0
"""The checkers of results find nothing after a month of good and bad answers, and each finds what breaks
its rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from ansinh.config import database
from ansinh.config.invariants import IN_PYTHON, Invariant, invariants
from ansinh.disbursement.regenerated import differing_files
from ansinh.reconciliation.actions.returns import mark_unknown
from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import make_cast
from tests.disbursement.month import AT, approved, instructed, instructions, nothing_broken, sent
from tests.reconciliation.answers import file, row, take
from tests.registry.test_what_must_always_hold import without_guards

pytestmark = pytest.mark.slow

BREAKS = {
    "M11": "INSERT INTO reconciliation_accountday (file_id, unit_id, account, day, opening_vnd, in_vnd,"
    " out_vnd, closing_vnd) SELECT min(id), min(unit_id), 'X', '2024-03-04', 5, 0, 0, 4"
    " FROM reconciliation_resultfile",
    "M12": "UPDATE reconciliation_case SET posted_vnd = posted_vnd + 1",
    "R1": "DELETE FROM reconciliation_line WHERE id = (SELECT min(line_id) FROM reconciliation_outcome)",
    "R2": "DELETE FROM reconciliation_outcome WHERE outcome = 'duplicate'",
    "R3": "UPDATE reconciliation_outcome SET outcome = 'duplicate' WHERE event <> ''",
    "R4": "DELETE FROM disbursement_event WHERE state_to = 'returned'",
    "R6": "UPDATE reconciliation_line SET amount_vnd = amount_vnd + 1",
    "R7": "UPDATE disbursement_event SET state_from = 'unknown', cause = 'officer' WHERE cause = 'result'",
    "R8": "DELETE FROM ledger_posting WHERE cause = 'confirm'",
    "R9": "UPDATE reconciliation_resultfile SET count = count + 1, note = ''",
    "F7": "UPDATE payroll_line SET amount_vnd = amount_vnd + 1",
    "L4": "INSERT INTO audit_event (id, at, by, act, subject, subject_id, details)"
    " SELECT max(id) + 1, now(), NULL, 'registry.reveal_number', 'person', '1', '{}' FROM audit_event",
}  # fmt: skip


@pytest.fixture
def told(committed_database: str) -> str:
    """A month with answers: paid, returned, twice, of another amount, of a stranger, and a silence."""
    cast = make_cast()
    payroll = instructed(cast)
    sent(cast, payroll)
    one, two, three, _four = instructions(payroll, channel="account")
    take(cast, payroll, file([
        row(one), row(one), row(two), row(two, "RETURNED", reason="AC04"), row(three, amount=7),
        ["AS999999999999999999", "77000", "PAID", "", "FT0", "04/03/2024"],
    ]))  # fmt: skip
    mark_unknown(sent_before=AT.replace(year=2025), by=None, at=AT)
    approved(cast, payroll, "organisation")
    nothing_broken()
    connection.close()
    return committed_database


def ours() -> dict[str, Invariant]:
    return {each.name: each for each in invariants()}


def test_each_checker_of_results_is_red_when_its_rule_is_broken(told: str) -> None:
    unseen = []
    with database.connect("admin", name=told) as admin:
        for name in sorted(BREAKS):
            with without_guards(admin, "reconciliation_%", "disbursement_%", "ledger_posting"):
                assert admin.execute(ours()[name].sql).fetchall() == [], name
                admin.execute(BREAKS[name])
                if not admin.execute(ours()[name].sql).fetchall():
                    unseen.append(name)
    assert unseen == []


def test_a_file_that_would_be_written_otherwise_is_found(cast: dict[str, Officer], tmp_path: Path) -> None:
    """F6: as if the writer, or what it reads, had changed after the file was approved."""
    open_to_all()
    envelope = approved(cast, instructed(cast))
    assert differing_files() == []
    kept = tmp_path / bytes(envelope.sha256).hex()[:2] / bytes(envelope.sha256).hex()
    kept.rename(kept.with_suffix(".gone"))
    assert [each["reference"] for each in differing_files()] == [envelope.reference]
    kept.with_suffix(".gone").rename(kept)
    Person.objects.update(hamlet="Thôn Khác")
    assert differing_files() == []  # a file is written from its instructions, which never change
    assert "F6" in IN_PYTHON
