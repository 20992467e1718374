# SPDX-License-Identifier: MPL-2.0
"""A month to be paid, as tests say it: people, accounts, a locked payroll, envelopes approved by two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from faults.people import payer_in_force

from ansinh.approvals.actions import approve, open_submission
from ansinh.approvals.models import Submission
from ansinh.config.invariants import check_all
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.envelopes import build
from ansinh.disbursement.actions.instruct import instruct, split_of
from ansinh.disbursement.actions.release import release
from ansinh.disbursement.models import Envelope, Instruction
from ansinh.disbursement.queries import preview, state_of
from ansinh.ledger.queries import conservation
from ansinh.payees.records import NUMBER, account_indexes
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.providers.models import Contract
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all, opened_to_all
from ansinh.vault.sealing import seal_many
from tests.conftest import units
from tests.payroll.people import budget, crowd, payroll_of, settle

ON = date(2024, 3, 4)
AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
STEPS = ("format_checked", "identity_checked", "holder_checked", "approved", "active")


def give_accounts(
    unit: Unit, many: int, *, bank: str = "970405", channel: str = "account", skip: int = 0
) -> None:
    """Accounts for `many` people of a unit after the first `skip`, checked and in use."""
    with transaction.atomic(), connection.cursor() as cursor:
        open_to_all()
        cursor.execute(
            "SELECT id, name FROM registry_person WHERE commune_id = %s ORDER BY id LIMIT %s OFFSET %s",
            [unit.pk, many, skip],
        )
        people = cursor.fetchall()
        numbers = [f"00{person:08d}" for person, _name in people]
        cursor.execute(
            "INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx,"
            " number_last4, holder_name, name_match, source, asserted_by, asserted_on, state, fault,"
            " fault_note, fault_owner, next_action, usable_from, version, made_at)"
            " SELECT t.id, %s, %s, %s, t.enc, t.bidx, right(t.number, 4), t.name, 'equal', 'bank',"
            " 'x',"
            " '2023-01-01', 'declared', '', '', '', '', '2023-01-01', 1, now()"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])"
            " AS t (id, name, number, enc, bidx)",
            [unit.pk, channel, bank, [p for p, _n in people], [n for _p, n in people], numbers,
             seal_many(column=NUMBER, texts=numbers), account_indexes([(bank, n) for n in numbers])],
        )  # fmt: skip
        for state in STEPS:
            cursor.execute("UPDATE payees_account SET state = %s WHERE commune_id = %s AND channel = %s"
                           " AND state NOT IN ('closed', 'replaced')", [state, unit.pk, channel])  # fmt: skip


def locked(cast: dict[str, Officer], people: int = 6, accounts: int = 4, **asked: Any) -> Payroll:
    """A locked payroll of March with people paid to accounts and the others in cash."""
    commune, _province = units()
    crowd(commune, people)
    if accounts:
        give_accounts(commune, accounts)
    budget(commune)
    if not Contract.objects.filter(unit=commune).exists():
        payer_in_force(commune)
    return settle(payroll_of(commune, cast["lap-danh-sach"], **asked))


def instructed(cast: dict[str, Officer], people: int = 6, accounts: int = 4, **asked: Any) -> Payroll:
    """The same, with its instructions."""
    payroll = locked(cast, people, accounts, **asked)
    with transaction.atomic(), opened_to_all():
        split = split_of(shares=preview(payroll_id=payroll.pk))
    instruct(payroll_id=payroll.pk, confirmed=split, by=cast["lap-danh-sach"], at=AT)
    return payroll


def approved(cast: dict[str, Officer], payroll: Payroll, layout: str = "bulk_bin") -> Envelope:
    """An envelope that two have approved."""
    envelope = build(payroll_id=payroll.pk, layout_code=layout, by=cast["lap-danh-sach"], at=AT)[0]
    made = submit_envelope(envelope_id=envelope.pk, by=cast["lap-danh-sach"], at=AT)
    say_yes(made, cast["lanh-dao-xa"], cast["ke-toan"])
    envelope.refresh_from_db()
    return envelope


def say_yes(submission: Submission, *officers: Officer) -> None:
    for officer in officers:
        open_submission(submission_id=submission.pk, by=officer, at=AT)
        approve(
            submission_id=submission.pk, content_sha256=bytes(submission.content_sha256).hex(), by=officer,
            at=AT + timedelta(minutes=1), on=ON,
        )  # fmt: skip


def sent(cast: dict[str, Officer], payroll: Payroll, layout: str = "bulk_bin") -> Envelope:
    """An envelope that has left."""
    envelope = approved(cast, payroll, layout)
    release(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    envelope.refresh_from_db()
    return envelope


def instructions(payroll: Payroll, **wanted: Any) -> list[Instruction]:
    with transaction.atomic(), opened_to_all():
        return list(Instruction.objects.filter(payroll_id=payroll.pk, **wanted).order_by("pk"))


def states(payroll: Payroll, **wanted: Any) -> list[str]:
    with transaction.atomic(), opened_to_all():
        return [str(state_of(instruction_id=each.pk)) for each in instructions(payroll, **wanted)]


def money(payroll: Payroll) -> dict[str, int]:
    """Where the money of a payroll's source and period is; only what is not zero."""
    with transaction.atomic(), opened_to_all():
        found = conservation(source=payroll.stream, period=payroll.period)
    return (
        {
            name: sum(int(row[name]) for row in found)
            for name in found[0]
            if name not in {"source", "commune_id", "period"} and any(row[name] for row in found)
        }
        if found
        else {}
    )


# The payroll of these tests is locked by hand; its approvals are tested where payrolls are.
BY_HAND = {"A1", "A4", "A9"}


def nothing_broken() -> None:
    """Every invariant holds over everything that is committed."""
    broken = {each.name: each.rows for each in check_all() if each.broken and each.name not in BY_HAND}
    assert broken == {}, broken
