# SPDX-License-Identifier: MPL-2.0
"""What was promised and is not done is found by the clock, apart from the queue, and closes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from ansinh.disbursement.actions.cash import not_collected
from ansinh.disbursement.actions.instruct import instruct, split_of
from ansinh.disbursement.actions.release import claim
from ansinh.disbursement.actions.single import carry_forward
from ansinh.disbursement.models import Envelope, Instruction
from ansinh.disbursement.queries import preview
from ansinh.reconciliation.actions.sweep import sweep
from ansinh.reconciliation.models import Alarm
from ansinh.reconciliation.today import waiting
from ansinh.registry.models import Award, Change
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.disbursement.month import AT, approved, instructed, instructions, sent, states
from tests.payroll.people import payroll_of, settle
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
FRIDAY = datetime(2024, 3, 8, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


def kinds() -> list[str]:
    return sorted(Alarm.objects.filter(closed_at__isnull=True).values_list("kind", flat=True))


def test_a_missing_result_is_said_after_one_and_after_three_working_days(cast: Cast) -> None:
    payroll = instructed(cast, people=4, accounts=4)
    envelope = sent(cast, payroll)
    assert sweep(at=AT).open == 0
    assert states(payroll) == ["sent"] * 4
    next_day = sweep(at=AT + timedelta(days=1))
    assert (next_day.raised, next_day.unknown, kinds()) == (1, 4, ["no_result"])
    alarm = Alarm.objects.get()
    assert (alarm.subject_id, alarm.count, alarm.amount_vnd) == (envelope.pk, 4, envelope.sum_vnd)
    assert sweep(at=AT + timedelta(days=1, hours=1)).raised == 0
    sweep(at=AT + timedelta(days=3))
    assert kinds() == ["no_result_late"]
    assert any(task.overdue for task in waiting(cast["ke-toan"].pk, AT + timedelta(days=3)))
    told = signed_in(cast["ke-toan"]).get(reverse("reconciliation:alarms")).content.decode()
    assert "Chưa có kết quả sau ba ngày làm việc" in told
    open_to_all()
    take(cast, payroll, file(row(one) for one in instructions(payroll)))
    done = sweep(at=AT + timedelta(days=3, hours=1))
    assert (done.closed, done.settled, kinds()) == (1, 1, [])
    envelope.refresh_from_db()
    assert envelope.state == "settled"


def test_a_weekend_is_no_working_day(cast: Cast) -> None:
    payroll = instructed(cast, people=1, accounts=1)
    sent(cast, payroll)
    Envelope.objects.update(sent_at=FRIDAY)
    assert sweep(at=FRIDAY + timedelta(days=2)).raised == 0
    assert sweep(at=FRIDAY + timedelta(days=3)).raised == 1


def test_a_dispatch_that_hangs_is_stuck_after_a_quarter_of_an_hour(cast: Cast) -> None:
    envelope = approved(cast, instructed(cast, people=1, accounts=1))
    claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    sweep(at=AT + timedelta(minutes=16))
    assert kinds() == ["stuck"]


def test_rows_that_lack_behind_every_guard_are_found(cast: Cast) -> None:
    payroll = instructed(cast, people=2, accounts=2)
    envelope = approved(cast, payroll)
    # It says that it is leaving, and nothing left.
    Envelope.objects.filter(pk=envelope.pk).update(state="dispatching")
    sweep(at=AT)
    found = Alarm.objects.get(kind="rows_missing")
    assert (found.subject, found.subject_id, found.count) == ("envelope", envelope.pk, 2)


def test_a_report_of_the_organisation_is_late_from_day_20(cast: Cast) -> None:
    payroll = instructed(cast, people=2, accounts=0)
    sent(cast, payroll, "organisation")
    assert sweep(at=datetime(2024, 3, 19, 3, tzinfo=UTC)).raised == 0
    sweep(at=datetime(2024, 3, 20, 3, tzinfo=UTC))
    assert kinds() == ["report_late"]


def miss_a_month(cast: Cast, payroll_id: int) -> None:
    for one in Instruction.objects.filter(payroll_id=payroll_id):
        not_collected(instruction_id=one.pk, reason="ABSENT", by=cast["diem-chi"], at=AT)
        carry_forward(instruction_id=one.pk, by=cast["lap-danh-sach"], at=AT)


def test_three_months_not_collected_propose_to_suspend_once(cast: Cast) -> None:
    first = instructed(cast, people=1, accounts=0)
    sent(cast, first, "organisation")
    miss_a_month(cast, first.pk)
    commune = first.unit
    for month in (Month(2024, 4), Month(2024, 5)):
        assert sweep(at=AT).suspensions == 0
        payroll = settle(payroll_of(commune, cast["lap-danh-sach"], period=month))
        later = instructed_again(cast, payroll.pk)
        sent(cast, payroll, "organisation")
        miss_a_month(cast, later)
    assert sweep(at=AT).suspensions == 1
    assert sweep(at=AT).suspensions == 0
    change = Change.objects.get(source="uncollected")
    assert (change.kind, change.award, str(change.effective_month)) == (
        "suspend", Award.objects.get(), "2024-06-01")  # fmt: skip


def instructed_again(cast: Cast, payroll_id: int) -> int:
    split = split_of(shares=preview(payroll_id=payroll_id))
    instruct(payroll_id=payroll_id, confirmed=split, by=cast["lap-danh-sach"], at=AT)
    return payroll_id
