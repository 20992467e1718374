# SPDX-License-Identifier: MPL-2.0
"""Invented people with accounts that are checked and in use, for months that are only to be paid."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.approvals.actions import approve, open_submission
from ansinh.approvals.models import Approval, Submission
from ansinh.ledger.actions import record_budget
from ansinh.payees.records import NUMBER, account_indexes
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import lock, submit
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.providers.models import Candidate, Contract, Provider, Selection
from ansinh.registry.actions.people import add_person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all, opened_to_all
from ansinh.vault.sealing import seal_many

Cast = dict[str, Officer]
LONG_AGO = datetime(2023, 1, 5, 8, tzinfo=UTC)
PREPARED = datetime(2024, 2, 20, 8, tzinfo=UTC)
MARCH = Month(2024, 3)
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Lâm", "Minh", "Nam", "Phúc", "Quang",
         "Sơn", "Tâm", "Việt")  # fmt: skip
STEPS = ("format_checked", "identity_checked", "holder_checked", "approved", "active")


def give_accounts(unit: Unit, many: int, *, bank: str = "970405") -> None:
    """Accounts for the first `many` people of a unit, checked and in use."""
    with transaction.atomic(), connection.cursor() as cursor:
        open_to_all()
        cursor.execute("SELECT id, name FROM registry_person WHERE commune_id = %s ORDER BY id LIMIT %s",
                       [unit.pk, many])  # fmt: skip
        people = cursor.fetchall()
        numbers = [f"00{person:08d}" for person, _name in people]
        cursor.execute(
            "INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx,"
            " number_last4, holder_name, name_match, source, asserted_by, asserted_on, state, fault,"
            " fault_note, fault_owner, next_action, usable_from, version, made_at)"
            " SELECT t.id, %s, 'account', %s, t.enc, t.bidx, right(t.number, 4), t.name, 'equal', 'bank',"
            " 'x',"
            " '2023-01-01', 'declared', '', '', '', '', '2023-01-01', 1, now()"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])"
            " AS t (id, name, number, enc, bidx)",
            [unit.pk, bank, [p for p, _n in people], [n for _p, n in people], numbers,
             seal_many(column=NUMBER, texts=numbers), account_indexes([(bank, n) for n in numbers])],
        )  # fmt: skip
        for state in STEPS:
            cursor.execute("UPDATE payees_account SET state = %s WHERE commune_id = %s AND state NOT IN"
                           " ('closed', 'replaced')", [state, unit.pk])  # fmt: skip


def add_people(unit: Unit, many: int, by: Officer) -> None:
    """People with one award each, decided long ago."""
    said = {"code": "K6_DBN", "first_month": "2023-01", "decision_number": "15/QĐ-UBND",
            "decided_on": date(2023, 1, 5)}  # fmt: skip
    for number in range(many):
        with transaction.atomic(), opened_to_all():
            add_person(
                unit_id=unit.pk,
                values={"name": f"Trần Văn {GIVEN[number % len(GIVEN)]}", "born": f"1970-05-{number + 1:02d}",
                        "hamlet": f"Thôn {number % 4}"},
                award=said, since=date(2020, 1, 1), by=by, at=LONG_AGO,
            )  # fmt: skip


def say_yes(submission: Submission, *officers: Officer, at: datetime) -> None:
    """Officers open a submission and approve what they saw, those who have not yet."""
    done = set(Approval.objects.filter(submission_id=submission.pk).values_list("officer_id", flat=True))
    for officer in officers:
        if officer.pk in done:
            continue
        open_submission(submission_id=submission.pk, by=officer, at=at)
        approve(
            submission_id=submission.pk, content_sha256=bytes(submission.content_sha256).hex(), by=officer,
            at=at + timedelta(minutes=1), on=date(2024, 3, 4),
        )  # fmt: skip


def payer_in_force(unit: Unit, *, since: date = date(2024, 1, 1)) -> Contract:
    """A contract of the post for cash in a unit, as if two had signed it."""
    by = Officer.objects.get(username="chuyen-vien-so")
    post, _new = Provider.objects.get_or_create(
        name="Bưu điện tỉnh", defaults={"kind": "pay_organisation", "added_at": LONG_AGO}
    )
    chosen = Candidate.objects.create(
        selection=Selection.objects.create(unit=unit, title="Chọn", opened_on=since, opened_by=by,
                                           edited_by=by, opened_at=LONG_AGO),
        provider=post, fee_bps=60, chosen=True,
    )  # fmt: skip
    made = Contract.objects.create(
        candidate=chosen, provider=post, unit=unit, number=f"{chosen.pk}/HĐ", signed_on=since,
        validity=DateRange(since, None), streams=["merit", "assistance"], channels=["pay_point", "home"],
        scope="Chi tiền mặt", fee_bps=60, liability="100%", made_by=by, made_at=LONG_AGO,
    )  # fmt: skip
    for state in ("submitted", "signed"):
        Contract.objects.filter(pk=made.pk).update(state=state)
    return made


def locked_month(unit: Unit, cast: Cast, *, people: int, accounts: int) -> Payroll:
    """A payroll of March, prepared, calculated, approved by two and locked, with its budget."""
    add_people(unit, people, cast["lap-danh-sach"])
    give_accounts(unit, accounts)
    with transaction.atomic(), opened_to_all():
        payer_in_force(unit)
        record_budget(
            source="assistance", commune_id=unit.pk, year=2024, amount_vnd=10**12, decision="1200/QĐ-UBND",
            decided_on=PREPARED.date(), by=cast["ke-toan"], at=PREPARED,
        )  # fmt: skip
    by = cast["lap-danh-sach"]
    made = prepare(unit=unit, stream="assistance", period=MARCH, by=by, at=PREPARED)
    made = calculate(payroll_id=made.pk, by=by, at=PREPARED, on=PREPARED.date())
    handed_in = submit(payroll_id=made.pk, by=by, at=PREPARED)
    say_yes(handed_in, cast["lanh-dao-xa"], cast["ke-toan"], at=PREPARED)
    lock(payroll_id=made.pk, by=by, at=PREPARED)
    made.refresh_from_db()
    return made
