# SPDX-License-Identifier: MPL-2.0
"""Compared, submitted, approved by two, locked; the budget; what the database refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.approvals.actions import approve, return_with_reason
from ansinh.approvals.models import Submission
from ansinh.config import database
from ansinh.payroll.actions.budget import NoBudget, OverBudget
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.compare import explain
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import ApproverInvolved, ChangedSince, Unexplained, lock, submit
from ansinh.payroll.models import Claim, Difference, Line, Payroll
from ansinh.registry.models import Award
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, opened_to_all
from ansinh.vault.sealing import open_sealed
from tests.conftest import make_cast, units
from tests.payroll.people import AT, MARCH, budget, lines, payroll_of, person, read_through, settle

ON = date(2024, 3, 1)
LATER = datetime(2024, 3, 1, 9, tzinfo=UTC)


def approved_by(submission: Submission, *officers: Officer) -> None:
    for officer in officers:
        read_through(submission, officer, LATER)
        approve(
            submission_id=submission.pk, content_sha256=bytes(submission.content_sha256).hex(), by=officer,
            at=LATER + timedelta(minutes=1), on=ON,
        )  # fmt: skip


def state(payroll: Payroll) -> str:
    payroll.refresh_from_db()
    return payroll.state


def test_two_approve_one_locks_and_a_recalculation_voids_approvals(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    person(commune, by)
    made = payroll_of(commune, by)
    first = submit(payroll_id=made.pk, by=by, at=AT)
    approved_by(first, cast["lanh-dao-xa"], cast["ke-toan"])
    assert state(made) == "approved"
    calculate(payroll_id=made.pk, by=by, at=AT, on=ON)
    first.refresh_from_db()
    assert (state(made), first.state) == ("calculated", "voided")
    second = submit(payroll_id=made.pk, by=by, at=AT)
    approved_by(second, cast["lanh-dao-xa"], cast["ke-toan"])
    lock(payroll_id=made.pk, by=by, at=LATER)
    assert state(made) == "locked"
    with pytest.raises(Refusal):
        calculate(payroll_id=made.pk, by=by, at=LATER, on=ON)


def test_a_returned_payroll_says_why_and_can_be_submitted_again(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    person(commune, by)
    made = payroll_of(commune, by)
    handed = submit(payroll_id=made.pk, by=by, at=AT)
    return_with_reason(
        submission_id=handed.pk, reason="Thiếu giấy chứng tử", by=cast["ke-toan"], at=LATER, on=ON
    )
    assert (state(made), made.return_reason) == ("returned", "Thiếu giấy chứng tử")
    calculate(payroll_id=made.pk, by=by, at=LATER, on=ON)
    assert submit(payroll_id=made.pk, by=by, at=LATER).state == "submitted"


def test_an_unexplained_difference_stops_the_submission_until_somebody_says_why(
    cast: dict[str, Officer],
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    one = person(commune, by)
    person(commune, by, name="Người khác")
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    # An award that simply stops, without reason, decision or event.
    with transaction.atomic(), opened_to_all():
        Award.objects.filter(person=one).update(end_month=date(2024, 2, 1))
    march = payroll_of(commune, by)
    assert march.unexplained == 1
    with pytest.raises(Unexplained):
        submit(payroll_id=march.pk, by=by, at=AT)
    with transaction.atomic(), opened_to_all():
        assert Difference.objects.get(payroll=march).reason == ""
        assert explain(
            payroll_id=march.pk, person_id=one.pk, kind="left", text="Đã chuyển tỉnh khác", by=by, at=AT
        ) == 0  # fmt: skip
    assert calculate(payroll_id=march.pk, by=by, at=AT, on=ON).unexplained == 0  # kept
    assert submit(payroll_id=march.pk, by=by, at=AT).state == "submitted"


def test_no_budget_and_too_small_a_budget_are_refused_with_the_shortfall(cast: dict[str, Officer]) -> None:
    commune, province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = payroll_of(commune, by)
    with pytest.raises(NoBudget):
        submit(payroll_id=made.pk, by=by, at=AT)
    budget(province, 700_000)
    with pytest.raises(OverBudget, match=r"20\.000"):
        submit(payroll_id=made.pk, by=by, at=AT)
    budget(province, 20_000)
    assert submit(payroll_id=made.pk, by=by, at=AT).state == "submitted"


def test_an_approver_who_is_paid_cannot_approve(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    leader = cast["lanh-dao-xa"]
    number = open_sealed(column="staff_officer.citizen_number", sealed=bytes(leader.citizen_number_enc))
    person(commune, by, name=leader.full_name, number=number, born="1971-01-01")
    made = payroll_of(commune, by)
    handed = submit(payroll_id=made.pk, by=by, at=AT)
    with pytest.raises(ApproverInvolved):
        approved_by(handed, leader)


@pytest.mark.slow
def test_lines_changed_behind_the_approval_cannot_be_locked(committed_database: str) -> None:
    cast = make_cast()
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    person(commune, by)
    made = payroll_of(commune, by)
    approved_by(submit(payroll_id=made.pk, by=by, at=AT), cast["lanh-dao-xa"], cast["ke-toan"])
    for model, change in ((Line, {"amount_vnd": 1}), (Payroll, {"content_sha256": b"0" * 32})):
        with pytest.raises(DatabaseError), transaction.atomic(), opened_to_all():
            model.objects.update(**change)  # the application's role cannot
    with database.connect("admin", name=committed_database, autocommit=True) as admin:
        admin.execute("UPDATE payroll_line SET amount_vnd = amount_vnd + 1000")
    with pytest.raises(ChangedSince):
        lock(payroll_id=made.pk, by=by, at=LATER)
    assert state(made) == "approved"


def test_the_database_refuses_wrong_states_and_dropping_submitted_lines(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    person(commune, by)
    made = payroll_of(commune, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payroll.objects.filter(pk=made.pk).update(state="locked")
    submit(payroll_id=made.pk, by=by, at=AT)
    for call in ("payroll_drop_partition", "payroll_open_partition"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}(%s)", [made.pk])


def test_lines_of_another_commune_are_not_seen_through_parent_or_partition(
    cast: dict[str, Officer],
) -> None:
    commune, province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = payroll_of(commune, by)
    with transaction.atomic():
        limit_to(unit_ids=[province.pk])
        assert Line.objects.count() == 0
        limit_to(unit_ids=[commune.pk])
        assert Line.objects.count() == 1
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM payroll_line_p{made.pk}")


def test_one_live_payment_a_person_component_and_month(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = payroll_of(commune, by)
    (line,) = lines(made)
    with pytest.raises(IntegrityError), transaction.atomic(), opened_to_all():
        Claim.objects.create(
            benefit_month=line.benefit_month, person_id=line.person_id, component=line.component,
            code=line.code, commune_id=line.commune_id, amount_vnd=1, payroll_id=0, line_id=0,
        )  # fmt: skip


def together(*acts: object) -> list[str]:
    """Run acts at the same moment, each on a connection of its own; what each ended with."""
    barrier, ended = Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: object) -> None:
        barrier.wait()
        try:
            act()  # type: ignore[operator]
            ended[place] = "done"
        except Refusal as refused:
            ended[place] = refused.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ended


@pytest.mark.slow
def test_two_payrolls_of_one_cycle_calculated_at_the_same_moment_pay_once(committed_database: str) -> None:
    cast = make_cast()
    commune, province = units()
    by = cast["lap-danh-sach"]
    for place in range(20):
        person(commune, by, name=f"Người Thứ {chr(ord('A') + place)}")
    mine = prepare(unit=commune, stream="assistance", period=MARCH, by=by, at=AT)
    theirs = prepare(unit=province, stream="assistance", period=MARCH, by=by, at=AT)
    ended = together(
        lambda: calculate(payroll_id=mine.pk, by=by, at=AT, on=ON),
        lambda: calculate(payroll_id=theirs.pk, by=by, at=AT, on=ON),
    )
    assert ended == ["done", "done"]
    paid = lines(mine) + lines(theirs)
    assert len(paid) == 20
    assert len({line.person_id for line in paid}) == 20


@pytest.mark.slow
def test_two_payrolls_submitted_at_once_cannot_both_take_the_last_money(committed_database: str) -> None:
    cast = make_cast()
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    budget(commune, 1_000_000)
    first = payroll_of(commune, by)
    settle_later = payroll_of(commune, by, period=Month(2024, 4))
    ended = together(
        lambda: submit(payroll_id=first.pk, by=by, at=AT),
        lambda: submit(payroll_id=settle_later.pk, by=by, at=AT),
    )
    assert sorted(ended) == ["PAYROLL_OVER_BUDGET", "done"]
