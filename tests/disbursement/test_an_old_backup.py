# SPDX-License-Identifier: MPL-2.0
"""An old backup is put back: nothing is sent before what was sent since is known again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse

from ansinh.config import database
from ansinh.disbursement.actions.envelopes import build
from ansinh.disbursement.actions.instruct import instruct
from ansinh.disbursement.actions.release import claim, settle_dispatch
from ansinh.disbursement.actions.restored import NothingToTakeIn, take_in
from ansinh.disbursement.actions.sent_notes import OlderThanSent, note_sent
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.simulated_bank import SimulatedBank
from ansinh.staff.models import Officer
from tests.conftest import make_cast
from tests.disbursement.month import AT, approved, instructed, nothing_broken, sent, states
from tests.reconciliation.answers import take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture
def backup(committed_database: str) -> Iterator[str]:
    """The name under which `back_up` keeps a copy."""
    name = f"{committed_database}_backup"
    yield name
    database.drop_database(name)


def copy(source: str, target: str) -> None:
    """A copy that says that it is the same installation, as a backup does."""
    connections.close_all()
    database.drop_database(target)
    with database.connect("admin", name=database.maintenance_name(), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{target}" OWNER ansinh_owner TEMPLATE "{source}"')


def test_what_was_sent_since_the_backup_is_not_sent_again(committed_database: str, backup: str) -> None:
    cast, bank = make_cast(), SimulatedBank()
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    copy(committed_database, backup)
    found = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    note_sent(envelope_id=envelope.pk, by_hand=False)
    bank.submit(reference=found.reference, token=found.token, content=found.content)
    copy(backup, committed_database)

    assert states(payroll, channel="account") == ["instructed"] * 4
    for act in (
        lambda: claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT),
        lambda: build(payroll_id=payroll.pk, layout_code="organisation", by=cast["lap-danh-sach"], at=AT),
        lambda: instruct(payroll_id=payroll.pk, confirmed={}, by=cast["lap-danh-sach"], at=AT),
    ):
        with pytest.raises(OlderThanSent, match=envelope.reference):
            act()
    board = signed_in(cast["kho-bac"]).get(reverse("disbursement:board")).content.decode()
    assert "bản sao lưu cũ" in board
    assert take_in(by=cast["kho-bac"], at=AT) == 1
    with pytest.raises(NothingToTakeIn):
        take_in(by=cast["kho-bac"], at=AT)

    envelope.refresh_from_db()
    assert (envelope.state, envelope.fence) == ("uncertain", 1)
    assert bank.enquire(reference=envelope.reference) == "accepted"
    settle_dispatch(envelope_id=envelope.pk, token=1, outcome="accept", by=None, at=AT)
    for content in bank.results(reference=envelope.reference):
        take(cast, payroll, content)
    assert states(payroll, channel="account") == ["paid"] * 4
    assert set(bank.moved.values()) == {1}
    sent(cast, payroll, "organisation")
    nothing_broken()


def test_a_file_that_the_backup_never_built_keeps_everything_stopped(
    committed_database: str, backup: str
) -> None:
    cast = make_cast()
    payroll = instructed(cast)
    copy(committed_database, backup)
    sent(cast, payroll)
    copy(backup, committed_database)
    assert not Envelope.objects.exists()
    with pytest.raises(OlderThanSent):
        take_in(by=cast["kho-bac"], at=AT)
    with pytest.raises(OlderThanSent):
        build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)


def test_a_copy_for_tests_is_an_installation_of_its_own(committed_database: str, backup: str) -> None:
    connections.close_all()
    database.clone_database(committed_database, backup)
    with (
        database.connect("admin", name=backup) as one,
        database.connect("admin", name=committed_database) as two,
    ):
        marks = [each.execute("SELECT mark FROM disbursement_installation").fetchone() for each in (one, two)]
    assert marks[0] != marks[1]
