# SPDX-License-Identifier: MPL-2.0
"""An approver opens each group of what is out of the ordinary before approving: in the action, in the
database, on the pages, on the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.test import Client

from ansinh.approvals.actions import approve, open_group, open_submission
from ansinh.approvals.actions.decide import GroupsNotOpened
from ansinh.approvals.models import Approval, GroupOpening, Submission
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.entries import add_entry, confirm_entry
from ansinh.payroll.actions.holds import place_hold
from ansinh.payroll.actions.submit import submit
from ansinh.payroll.commands import payroll as command
from ansinh.payroll.models import Payroll
from ansinh.registry.models import Award
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.payroll.people import AT, MARCH, budget, payroll_of, person, read_through, settle

ON = date(2024, 3, 1)
LATER = datetime(2024, 3, 1, 9, tzinfo=UTC)


def say_yes(submission: Submission, by: Officer) -> Submission:
    sha256 = bytes(submission.content_sha256).hex()
    return approve(submission_id=submission.pk, content_sha256=sha256, by=by, at=LATER, on=ON)


def look(submission: Submission, group: str, by: Officer) -> bool:
    return open_group(
        subject="payroll",
        subject_id=submission.subject_id,
        group=group,
        by=by,
        at=LATER - timedelta(minutes=1),
    )


@pytest.fixture
def march(cast: dict[str, Officer]) -> Payroll:
    """March after a settled February: somebody joined, somebody is held, a grant was added by hand."""
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    stays = person(commune, by)
    held = person(commune, by, name="Lê Văn Giữ")
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    late = {"first_month": "2024-03", "decision_number": "7/QĐ", "decided_on": date(2024, 2, 9)}
    person(commune, by, name="Mai Thị Mới", award=late, at=datetime(2024, 2, 9, tzinfo=UTC))
    with transaction.atomic(), opened_to_all():
        place_hold(person=held, stream="", reason="Đang xác minh", by=by, at=AT)
        award = Award.objects.get(person=stays)
        grant = add_entry(
            award=award, stream="assistance", kind="one_off", month=MARCH, amount_vnd=500_000,
            decision="9/QĐ-UBND", reason="Hỗ trợ đột xuất", by=by, at=AT,
        )  # fmt: skip
        confirm_entry(entry_id=grant.pk, by=cast["lanh-dao-xa"], at=AT)
    return payroll_of(commune, by)


def test_a_submission_names_what_there_is_to_look_at(cast: dict[str, Officer], march: Payroll) -> None:
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    assert made.groups == ["joined", "left", "amount", "holds", "entries"]


def test_nobody_approves_before_opening_each_group(cast: dict[str, Officer], march: Payroll) -> None:
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    open_submission(submission_id=made.pk, by=cast["ke-toan"], at=AT)
    with pytest.raises(GroupsNotOpened, match="Tăng người, Giảm người, Đổi mức, Dòng đang giữ, Dòng thêm"):
        say_yes(made, cast["ke-toan"])
    for group in made.groups[:-1]:
        assert look(made, group, cast["ke-toan"])
    with pytest.raises(GroupsNotOpened, match=r"Còn chưa mở: Dòng thêm theo quyết định\."):
        say_yes(made, cast["ke-toan"])
    look(made, "entries", cast["lanh-dao-xa"])  # what another officer opened does not count
    with pytest.raises(GroupsNotOpened):
        say_yes(made, cast["ke-toan"])
    assert look(made, "entries", cast["ke-toan"])
    assert say_yes(made, cast["ke-toan"]).approvals.count() == 1


def test_what_was_opened_before_a_recalculation_is_opened_again(
    cast: dict[str, Officer], march: Payroll
) -> None:
    by = cast["lap-danh-sach"]
    first = submit(payroll_id=march.pk, by=by, at=AT)
    read_through(first, cast["ke-toan"], AT)
    calculate(payroll_id=march.pk, by=by, at=AT, on=ON)
    second = submit(payroll_id=march.pk, by=by, at=AT)
    with pytest.raises(GroupsNotOpened):
        say_yes(second, cast["ke-toan"])


def test_only_a_group_of_a_waiting_submission_is_opened(cast: dict[str, Officer], march: Payroll) -> None:
    assert not open_group(
        subject="payroll", subject_id=str(march.pk), group="joined", by=cast["ke-toan"], at=AT
    )
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    assert not look(made, "account", cast["ke-toan"])  # there is no changed account
    assert GroupOpening.objects.count() == 0


def test_the_database_refuses_an_approval_without_the_openings(
    cast: dict[str, Officer], march: Payroll
) -> None:
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    officer = cast["ke-toan"]
    row = {
        "submission": made, "officer": officer, "person_bidx": officer.citizen_number_bidx,
        "content_sha256": made.content_sha256, "held": {}, "at": LATER,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="was not opened"), transaction.atomic():
        Approval.objects.create(**row)
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(groups=[])
    read_through(made, officer, AT)
    assert Approval.objects.create(**row).pk


def signed_in(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_pages_of_the_groups_open_them_and_then_the_button_shows(
    cast: dict[str, Officer], march: Payroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    reader = signed_in(cast["ke-toan"], monkeypatch)
    address = f"/phe-duyet/{made.pk}/"
    page = reader.get(address).content.decode()
    assert page.count("bạn chưa xem") == 5
    assert 'value="approve"' not in page
    for kind in ("joined", "left", "amount"):
        assert f'href="/bang-chi/{march.pk}/khac-thang-truoc/?loai={kind}"' in page
        assert reader.get(f"/bang-chi/{march.pk}/khac-thang-truoc/?loai={kind}").status_code == 200
    assert "Lê Văn Giữ" in reader.get(f"/bang-chi/{march.pk}/giu/").content.decode()
    assert "9/QĐ-UBND" in reader.get(f"/bang-chi/{march.pk}/dong-them/").content.decode()
    page = reader.get(address).content.decode()
    assert page.count("bạn đã xem") == 5
    assert 'value="approve"' in page


def test_the_command_shows_a_group_and_opens_it(cast: dict[str, Officer], march: Payroll) -> None:
    made = submit(payroll_id=march.pk, by=cast["lap-danh-sach"], at=AT)
    asked = ["look", "--unit", march.unit.code, "--stream", "assistance", "--period", "2024-03", "--by",
             "ke-toan", "--json"]  # fmt: skip
    for group in made.groups:
        answer = CliRunner().invoke(command, [*asked, "--group", group])
        assert answer.exit_code == 0, answer.output
        said = json.loads(answer.output)
        assert said["opened"]
        assert said["rows"]
    open_submission(submission_id=made.pk, by=cast["ke-toan"], at=AT)
    assert say_yes(made, cast["ke-toan"]).state == "submitted"
